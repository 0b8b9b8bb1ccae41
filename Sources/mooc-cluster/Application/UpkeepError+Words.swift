import Manifests

extension UpkeepError {
    /// What went wrong and what to do, for a person.
    var words: String {
        switch self {
        case .absent(let id): "the cluster has no \(id); run: mooc-cluster apply"
        case .noPod(let name):
            "no pod of \(name) is there to go to; `mooc-cluster openedx status` says how far it is"
        case .neverRestarted(let name): "no pod of \(name) was started again, so there is no log of before"
        case .notScalable(let name, let why): "\(name) stays one: \(why)"
        case .noRevision(let name, let known):
            "the cluster keeps no such version of \(name) to go back to"
                + (known.isEmpty
                    ? "" : "; its revisions are \(known.map(String.init).joined(separator: ", "))")
        case .running(let name):
            "the job \(name) runs at this moment; wait for its end: mooc-cluster openedx jobs logs \(name)"
        case .userRefused(let said): "the platform did not make the user: \(said)"
        }
    }
}

extension UnknownName {
    /// What is wrong, what was probably meant, and what there is, for a person.
    var words: String {
        let meant = nearest.map { "; did you mean '\($0)'?" } ?? ""
        let there = known.isEmpty ? "it has none" : "there are \(known.joined(separator: ", "))"
        return "the edition has no \(kind) '\(name)'\(meant) (\(there))"
    }
}
