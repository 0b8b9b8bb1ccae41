import FoundationEssentials

/// The playbooks and manifests of a run: the built-in ones, and over them what stands beside the inventory.
///
/// A file `playbooks/swap.yml` beside the inventory takes the place of the built-in one of that path, and a file of
/// a new path is added, so that a site can bring an edition of its own.
package struct Assets: Sendable {
    /// All files, in order of path.
    package let all: [Asset]
    /// Paths of the files that stand beside the inventory.
    package let own: [String]

    /// Gathers the files.
    ///
    /// - Parameter folder: the folder of the inventory; nil when there is none.
    /// - Throws: what the file system reports for a file that is there and cannot be read.
    package init(beside folder: String?) throws {
        var table = Dictionary(uniqueKeysWithValues: Asset.builtIn.map { ($0.path, $0.text) })
        var own: [String] = []
        for top in folder == nil ? [] : ["playbooks", "manifests"] {
            let root = "\(folder ?? "")/\(top)"
            for name in (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? [] {
                guard Self.kinds.contains(where: name.hasSuffix) else { continue }
                table["\(top)/\(name)"] = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
                own.append("\(top)/\(name)")
            }
        }
        all = table.map { Asset(path: $0.key, text: $0.value) }.sorted { $0.path < $1.path }
        self.own = own.sorted()
    }

    /// The text of a file; nil when there is none of that path.
    package func text(_ path: String) -> String? { all.first { $0.path == path }?.text }

    /// The files below a folder, in order of path.
    package func files(below folder: String) -> [Asset] { all.filter { $0.path.hasPrefix(folder + "/") } }

    /// What is taken from beside the inventory; other files may stand there too.
    private static let kinds = [".yml", ".yaml", ".json", ".sh", ".bash", ".py", ".toml"]
}
