import Assets
import Console
import Glibc
import Inventory
import Manifests
import Provisioning
import YAML

/// An inventory, read and checked, with the playbooks and manifests that go with it.
struct Site: Sendable {
    /// What the inventory describes.
    let cluster: Cluster
    /// Playbooks and manifests, those beside the inventory first.
    let assets: Assets
    /// Names of the hosts that take part; nil means all.
    let hosts: Set<String>?

    /// The same site for those that stay when a host goes: another control plane is the first.
    func leaving(_ name: String) -> Site {
        Site(cluster: cluster.leaving(name), assets: assets, hosts: hosts)
    }

    /// The same site where only some hosts take part.
    ///
    /// - Throws: `UnknownHost` when there is none of a name.
    func only(_ names: [String]) throws -> Site {
        Site(cluster: cluster, assets: assets, hosts: Set(try names.map { try cluster.host($0).name }))
    }
}

extension CommonOptions {
    /// The inventory file as the person named it.
    func inventoryFile(_ context: Context) -> String {
        inventory ?? context.environment["MOOC_CLUSTER_INVENTORY"] ?? "inventory.yml"
    }

    /// Reads the inventory and says its warnings.
    ///
    /// - Parameters:
    ///   - context: what is outside of the process.
    ///   - bytes: what the file is to hold; nil reads what it holds.
    /// - Returns: the inventory and what goes with it.
    /// - Throws: `InvalidInput` with everything that is wrong, or ``Complaint`` when there is no such file or a name
    ///   of `--limit` means nothing.
    func site(_ context: Context, holding bytes: [UInt8]? = nil) throws -> Site {
        let diagnostics = Diagnostics()
        let site = try readSite(context, holding: bytes, diagnostics)
        if site != nil { context.console.list(diagnostics.sorted.map(\.description), .warning) }
        guard let site, !diagnostics.hasErrors else { throw InvalidInput(diagnostics.sorted) }
        return site
    }

    /// The bytes of the inventory file.
    ///
    /// - Throws: ``Complaint`` when it cannot be read.
    func inventoryBytes(_ context: Context) throws -> [UInt8] {
        let file = inventoryFile(context)
        do {
            return try Files.read(context.path(file))
        } catch {
            guard error.code == ENOENT else { throw Complaint(.badInput, error.description) }
            throw Complaint(
                .badInput,
                "\(file): no such file; `mooc-cluster init` writes one to start from, -i names another")
        }
    }

    /// Reads the inventory, or what its file is to hold instead; what is wrong goes to the diagnostics.
    func readSite(
        _ context: Context, holding bytes: [UInt8]? = nil, _ diagnostics: Diagnostics
    ) throws -> Site? {
        let file = inventoryFile(context)
        let bytes = try bytes ?? inventoryBytes(context)
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
        let assets = try Assets(beside: context.path(folder))
        for path in assets.own { context.console.say("taken from beside the inventory: \(path)", .detail) }
        let cluster = Cluster.read(
            bytes, file: file, in: try surroundings(context, assets, diagnostics), diagnostics: diagnostics)
        guard let cluster else { return nil }
        return Site(cluster: cluster, assets: assets, hosts: try limitedHosts(of: cluster))
    }

    /// What reading an inventory needs to know of the world around it.
    func surroundings(
        _ context: Context, _ assets: Assets, _ diagnostics: Diagnostics
    ) throws -> Cluster.Surroundings {
        let table = assets.versions(diagnostics)
        let manifests = assets.manifests
        return Cluster.Surroundings(
            home: context.home, inventoryMode: Files.mode(context.path(inventoryFile(context))),
            versions: (table?.rows ?? []).map { minor, row in
                .init(minor: minor, patch: row.patch.patch, isFinal: row.isFinal)
            },
            editions: Edition.available(in: manifests), edition: { .init(named: $0, in: manifests) },
            fileMode: { Files.mode(context.path($0)) })
    }

    /// The hosts that `--limit` names.
    private func limitedHosts(of cluster: Cluster) throws -> Set<String>? {
        guard let limit else { return nil }
        do throws(HostSelection.Failure) {
            return try HostSelection.names(limit, in: cluster)
        } catch {
            switch error {
            case .unknown(let word, let cure):
                throw Complaint(.usage, "--limit: no host, role or label is '\(word)'; \(cure)")
            case .empty:
                throw Complaint(.usage, "--limit names no host; leave it out to mean all of them")
            }
        }
    }
}

extension Assets {
    /// The files of `manifests/`.
    var manifests: [ManifestFile] {
        files(below: "manifests").map { ManifestFile(path: $0.path, text: $0.text) }
    }

    /// The table of versions, or nil with what is wrong with it.
    func versions(_ diagnostics: Diagnostics) -> VersionTable? {
        let file = "playbooks/versions.yml"
        return VersionTable.read(Array((text(file) ?? "").utf8), file: file, diagnostics)
    }
}
