import Inventory

extension VersionTable.Row {
    /// Whether a version of containerd fits.
    package func takes(containerd text: String) -> Bool {
        guard let version = DottedNumber(text), let lowest = DottedNumber(containerd) else { return true }
        if let end = containerdBelow.flatMap(DottedNumber.init), !(version < end) { return false }
        return !(version < lowest)
    }

    /// Whether it asks for a newer kernel.
    func needs(newerKernelThan there: DottedNumber) -> Bool {
        kernel.flatMap(DottedNumber.init).map { there < $0 } ?? false
    }
}

extension VersionTable {
    /// The minor that is nearest to a version among those whose row fits, the newer of two that are as near; nil where
    /// none does.
    func nearest(to version: KubernetesVersion, _ fits: (Row) -> Bool) -> String? {
        rows.filter { $0.row.patch.minorName != version.minorName && fits($0.row) }
            .min { left, right in
                let (one, other) = (distance(left.row, version), distance(right.row, version))
                return one == other ? left.row.patch > right.row.patch : one < other
            }?.minor
    }

    private func distance(_ row: Row, _ version: KubernetesVersion) -> Int {
        abs(row.patch.minor - version.minor)
    }
}
