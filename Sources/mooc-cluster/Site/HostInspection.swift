import Console
import Inventory
import Provisioning
import YAML

/// Looks at hosts for `init user@host …`.
struct HostInspection {
    /// The options of the command, and of commands that work on hosts.
    let common: CommonOptions, options: RunOptions
    /// What is outside of the process.
    let context: Context

    /// Looks at hosts over one connection each.
    ///
    /// - Parameter drafts: the hosts as they were named.
    /// - Returns: the hosts as they are; nil where one was not reached, which was said.
    /// - Throws: `InvalidInput` and ``Complaint`` for what cannot be in an inventory.
    func perform(_ drafts: [Starter.Host]) async throws -> (hosts: [Starter.Host]?, status: ExitStatus) {
        let operation = Operation("init", try site(drafts), options, context)
        let asked = operation.hosts
        let console = context.console
        let look = try HostLook(operation.surroundings, parallel: options.parallel)
        let results = try await console.withBoard(hosts: asked.map(\.address)) {
            await look.perform(asked, onEvent: { operation.saying(of: $0)($1) }) { host, result in
                switch result {
                case .success(let answer): console.update(host.address, .done, answer.facts.systemName)
                case .failure(let error):
                    console.update(host.address, .failed, Explanation(error).message)
                }
            }
        }
        var answers: [HostLook.Answer] = []
        var status: [ExitStatus] = []
        for (host, result) in zip(asked, results) {
            switch result {
            case .success(let answer): answers.append(answer)
            case .failure(let error):
                let told = Explanation(error)
                status.append(told.status)
                console.say("\(told.message); \(told.cure)", .error, host: host.address)
            }
        }
        if let worst = ExitStatus.worst(of: status) { return (nil, worst) }
        return (HostDrafts.fitted(drafts, to: answers), .done)
    }

    /// An inventory of the hosts that nobody keeps: what is needed to reach them.
    private func site(_ drafts: [Starter.Host]) throws -> Site {
        let file = common.inventoryFile(context)
        let diagnostics = Diagnostics()
        var node = YAMLParser.document(Starter(hosts: drafts).text, file: file, diagnostics: diagnostics)
        node?["openedx"] = nil
        guard let node, let site = try common.readSite(context, holding: Array(node.yaml().utf8), diagnostics)
        else { throw InvalidInput(diagnostics.sorted) }
        return site
    }
}
