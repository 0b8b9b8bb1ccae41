import Foundation
import PackagePlugin

/// Writes the files of `playbooks/` and `manifests/` into the executable, so that one file can be copied to a
/// workstation.
@main
struct EmbedAssets: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let root = context.package.directoryURL
        let files = ["playbooks", "manifests"].flatMap { folder in
            FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)?
                .compactMap { $0 as? URL }.filter { !$0.hasDirectoryPath } ?? []
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInAssets.swift")
        return [
            .buildCommand(
                displayName: "Embedding playbooks and manifests",
                executable: try context.tool(named: "embed-assets").url,
                arguments: [root.path, output.path] + files.map(\.path).sorted(),
                inputFiles: files, outputFiles: [output])
        ]
    }
}
