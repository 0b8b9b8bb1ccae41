/// The runs that are kept below the state folder.
struct RunArchive {
    /// How many are kept of a cluster; the oldest go when a new one is recorded.
    static let kept = 50

    private let root: String

    /// The archive of a person.
    init(_ context: Context) { root = context.stateFolder }

    /// Where the runs of a cluster are kept.
    func folder(ofRunsOf cluster: String) -> String { "\(root)/\(cluster)/runs" }

    /// The kept runs of one cluster or of all, newest first.
    func runs(of cluster: String? = nil) -> [KeptRun] {
        // Names come from the folder and never from outside, so none leads out of it.
        Files.names(in: root).filter { cluster == nil || $0 == cluster }
            .flatMap { name in
                Files.names(in: folder(ofRunsOf: name)).map { run in
                    KeptRun(name: run, cluster: name, folder: "\(folder(ofRunsOf: name))/\(run)")
                }
            }.sorted { $0.name > $1.name }
    }

    /// Removes the oldest of a folder of runs, but none that still goes on.
    static func prune(_ folder: String) {
        for name in Files.names(in: folder).dropLast(kept)
        where !Files.isLocked("\(folder)/\(name)/\(KeptRun.events)") {
            Files.removeFolder("\(folder)/\(name)")
        }
    }
}
