/// An exact version of Kubernetes, such as 1.36.2.
package struct KubernetesVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Major number: 1.
    package let major: Int
    /// Minor number.
    package let minor: Int
    /// Patch number.
    package let patch: Int

    /// Makes a version of its numbers.
    package init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `1.36.2` or `v1.36.2`; nil when it is not that.
    package init?(_ text: String) {
        let numbers = text.drop { $0 == "v" }.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, text.count - text.drop(while: { $0 == "v" }).count <= 1,
            let major = Self.number(numbers[0]), let minor = Self.number(numbers[1]),
            let patch = Self.number(numbers[2])
        else { return nil }
        self.init(major, minor, patch)
    }

    /// The minor version's name: `1.36`.
    package var minorName: String { "\(major).\(minor)" }

    /// `1.36.2`.
    package var description: String { "\(major).\(minor).\(patch)" }

    /// Orders by major, minor, patch.
    package static func < (left: KubernetesVersion, right: KubernetesVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// A number without sign or leading zeros.
    private static func number(_ text: Substring) -> Int? {
        guard let number = Int(text), number >= 0, String(number) == text else { return nil }
        return number
    }
}
