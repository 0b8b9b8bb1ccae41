import ArgumentParser
import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// The command `volume list`.
struct VolumeListing: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List claims of applications: volume, node, size, bytes used, pods.",
        discussion: """
            What is used is asked of the node that has the folder, and is not known where that does not answer, or of \
            NFS and StorageClasses. Sizes are what was asked for: a folder of a node enforces none.

            Examples:
              mooc-cluster volume list
            """)

    @OptionGroup var which: ApplicationOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let applications = try Application.chosen(site, which.application)
        let operation = Operation("volume-list", site, hosts, context)
        let volumes = try await Applier(kubectl: try await operation.kubectl())
            .volumes(of: applications.map(\.part.namespace))
        let used = await operation.used(by: volumes, parallel: hosts.parallel)
        let list = Node.sequence(
            volumes.map { volume -> Node in
                [
                    "namespace": .string(volume.namespace), "claim": .string(volume.claim),
                    "volume": volume.volume.map { .string($0) } ?? .null,
                    "nodes": .sequence(volume.nodes.map { .string($0) }),
                    "folder": volume.folder.map { .string($0) } ?? .null,
                    "source": volume.source.map { .string($0) } ?? .null, "size": .string(volume.size),
                    "usedBytes": used[volume].map { .int($0) } ?? .null, "phase": .string(volume.phase),
                    "pods": .sequence(volume.pods.map { .string($0) }),
                ]
            })
        var table = Table(["CLAIM", "VOLUME", "WHERE", "SIZE", "USED", "PHASE", "PODS"])
        for volume in volumes {
            let place = volume.nodes.isEmpty ? volume.source ?? "" : volume.nodes.joined(separator: ", ")
            table.add([
                Table.Cell("\(volume.namespace)/\(volume.claim)"), Table.Cell(volume.volume ?? ""),
                Table.Cell(place), Table.Cell(volume.size),
                Table.Cell(used[volume].map { "\(($0 + 1_048_575) / 1_048_576)Mi" } ?? ""),
                Table.Cell(volume.phase, volume.phase == "Bound" ? .green : .red),
                Table.Cell(volume.pods.joined(separator: ", ")),
            ])
        }
        operation.answer(
            list, kept: ["volumes": list],
            text: volumes.isEmpty ? "there are no claims\n" : table.text(context.console.paint), common.output
        )
        return .done
    }
}

extension Operation {
    /// The bytes that the folders of volumes take on their nodes, as far as nodes answer; what does not is said.
    func used(by volumes: [VolumeStatus], parallel: Int) async -> [VolumeStatus: Int] {
        let local = volumes.filter { $0.folder != nil && $0.nodes.count == 1 }
        let asked = hosts.filter { host in local.contains { $0.nodes == [host.name] } }
        // Each host is asked about all folders, and says what of them it has.
        let folders = Set(local.compactMap(\.folder)).sorted()
        let script = #"for folder; do [ ! -d "$folder" ] || du -sk -- "$folder"; done"#
        let results = await Errand(.words(["sh", "-c", script, "sh"] + folders), asRoot: true)
            .run(on: asked, parallel: parallel, surroundings)
        var used: [VolumeStatus: Int] = [:]
        for (host, result) in zip(asked, results) {
            do {
                let output = try result.get().pieces.filter { $0.stream == .output }.flatMap(\.bytes)
                for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
                    let words = line.split(separator: "\t", maxSplits: 1)
                    guard words.count == 2, let kibibytes = Int(words[0]) else { continue }
                    for volume in local where volume.nodes == [host.name] && volume.folder == String(words[1])
                    {
                        used[volume] = kibibytes * 1024
                    }
                }
            } catch {
                console.say(
                    "what is used there is not known: \(Failure(error).text)", .warning, host: host.name)
            }
        }
        return used
    }
}
