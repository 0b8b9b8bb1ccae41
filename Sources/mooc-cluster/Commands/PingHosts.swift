import ArgumentParser
import Console
import Inventory
import Provisioning
import YAML

/// The command `ping`.
struct PingHosts: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "ping", abstract: "Look at how hosts are reached: SSH, host key, sudo, clock.",
        discussion: """
            All hosts at once, over one connection each; nothing is changed, but that the key of a host that is new \
            is kept once it is accepted. CONNECT is the time until the login, TRIP that of a line to a shell on the \
            host and back. CLOCK is how far the host's clock is ahead of this machine's; hosts whose clocks are more \
            than two seconds apart are warned of.

            The exit code is 69 when a host is not reached, and 77 when one refuses the login, its key or sudo.

            Examples:
              mooc-cluster ping
              mooc-cluster ping --limit 'n[1:3]'
              mooc-cluster ping --limit worker --output json
            """)

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let operation = Operation("ping", try common.site(context), hosts, context)
        let asked = operation.hosts
        let console = context.console
        let ping = Ping(operation.surroundings, parallel: hosts.parallel)
        let results = try await console.withBoard(hosts: asked.map(\.name)) {
            await ping.perform(asked) { host, result in
                switch result {
                case .success: console.update(host.name, .done, "answers")
                case .failure(let error):
                    console.update(host.name, .failed, Explanation(error).message)
                }
            }
        }
        let list = PingList(rows: zip(asked, results).map { PingList.Row(host: $0, result: $1) })
        for (host, text) in list.trouble { console.say(text, .error, host: host) }
        if let warning = list.clockWarning { console.say(warning, .warning) }
        operation.answer(list.json, kept: ["hosts": list.json], text: list.text(console.paint), common.output)
        return ExitStatus.worst(of: list.rows.map(\.status)) ?? .done
    }
}
