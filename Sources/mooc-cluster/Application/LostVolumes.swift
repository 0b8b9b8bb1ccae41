/// Claims whose volumes are on nodes that are not ready.
struct LostVolumes {
    /// The claims, each with the nodes of its volume.
    let claims: [(claim: String, nodes: [String])]

    /// No such claims.
    static let none = LostVolumes(claims: [])

    /// What that means for a workload that mounts some claims: a sentence for each that is lost.
    func causes(for names: [String]) -> [String] {
        claims.filter { names.contains($0.claim) }.map { claim, nodes in
            "the volume of its claim \(claim) is on \(nodes.joined(separator: ", ")), which is not ready"
        }
    }
}
