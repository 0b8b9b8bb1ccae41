/// An image's name in full, so that two ways of writing the same one are equal.
///
/// A name without a registry is one of docker.io, one without a folder there is one of `library`, and one without a tag is
/// tagged `latest`; a digest counts more than a tag (https://pkg.go.dev/github.com/distribution/reference).
struct ImageName: Hashable {
    private let text: String

    /// Reads a reference as a pod or a node's status has it.
    init(_ reference: String) {
        let halves = reference.split(separator: "@", maxSplits: 1).map(String.init)
        var name = halves.first ?? ""
        let first = name.prefix { $0 != "/" }
        let hasRegistry =
            name.contains("/") && (first.contains { ".:".contains($0) } || first == "localhost")
        if !hasRegistry { name = "docker.io/" + name }
        let parts = name.split(separator: "/")
        if parts.count == 2, parts[0] == "docker.io" { name = "docker.io/library/" + parts[1] }
        let last = name.lastIndex(of: "/") ?? name.startIndex
        let tag = name[last...].firstIndex(of: ":")
        if halves.count == 2 {
            text = name[..<(tag ?? name.endIndex)] + "@" + halves[1]
        } else {
            text = tag == nil ? name + ":latest" : name
        }
    }
}
