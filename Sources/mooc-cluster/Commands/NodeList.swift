import ArgumentParser
import Console
import Inventory
import YAML

/// The command `node list`.
struct NodeList: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the hosts of the inventory and how the cluster sees them.",
        discussion: """
            Examples:
              mooc-cluster node list
            """)

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("node-list", site, hosts, context)
        let status = try await ClusterStatus.nodes(operation)
        let rows = site.cluster.hosts.map { host in
            (host: host, row: status.rows.first { $0.name == "node/\(host.name)" })
        }
        let list = Node.sequence(
            rows.map { host, row -> Node in
                [
                    "name": .string(host.name), "role": .string(host.role.rawValue),
                    "address": .string(host.address), "ready": .bool(row?.isReady ?? false),
                    "detail": .string(row?.detail ?? ""),
                ]
            })
        var table = Table(["NAME", "ROLE", "ADDRESS", "STATE"])
        for (host, row) in rows {
            table.add([
                Table.Cell(host.name), Table.Cell(host.role.rawValue), Table.Cell(host.address),
                Table.Cell(row?.detail ?? "", row?.isReady == true ? .green : .red),
            ])
        }
        operation.answer(
            list, kept: ["nodes": list], text: table.text(context.console.paint), common.output)
        return .done
    }
}
