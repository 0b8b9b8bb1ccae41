import Foundation
import Manifests
import Testing
import YAML

@testable import Inventory

/// Where volumes live.
typealias OpenEdXStorage = ApplicationPart.Storage

/// The Ironwood edition of this repository and inventories to render it for.
enum Ironwood {
    /// The repository's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every file of `manifests/`.
    static func files() throws -> [ManifestFile] {
        let folder = root.appending(path: "manifests")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        return try paths.filter { [".yml", ".py", ".bash"].contains(where: $0.hasSuffix) }.map { path in
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            return ManifestFile(path: "manifests/\(path)", text: text)
        }
    }

    /// The edition as it is in the repository.
    static func edition() throws -> Edition { try read.get() }

    /// Read once: most tests start from it.
    private static let read = Result<Edition, any Error> {
        let diagnostics = Diagnostics()
        let edition = try Edition.read(
            folder: "manifests/openedx/ironwood", files: files(), diagnostics: diagnostics)
        guard let edition else { throw InvalidInput(diagnostics.sorted) }
        return edition
    }

    /// A storage that the edition is rendered for.
    static let local = ApplicationPart.Storage.local(root: "/var/lib/mooc-cluster", node: nil)
    /// Another one.
    static let nfs = ApplicationPart.Storage.nfs(server: "198.51.100.50", path: "/srv/openedx")

    /// The `openedx:` part of an inventory.
    static func openedx(_ storage: ApplicationPart.Storage = local) -> ApplicationPart {
        ApplicationPart(
            edition: "ironwood", host: "learn.example.edu", namespace: "openedx", storage: storage,
            volumeNodes: [], secrets: [], images: [], replicas: [], mark: nil)
    }

    /// An inventory with a control plane and two workers.
    static func cluster(_ openedx: ApplicationPart, serviceNetwork: String = "10.96.0.0/12") throws -> Cluster
    {
        let hosts = ["master", "node1", "node2"].enumerated().map { index, name in
            Host(
                name: name, address: "198.51.100.1\(index)", privateAddress: nil,
                role: index == 0 ? .controlPlane : .worker, labels: [], taints: [],
                connection: .local, staticAddress: nil, mark: nil)
        }
        let network = try #require(CIDR(serviceNetwork))
        return Cluster(
            name: "iitb", file: "inventory.yml",
            kubernetes: Kubernetes(
                version: nil, versionMark: nil, runtime: .containerd, podNetwork: nil,
                serviceNetwork: network, nodeCIDRMask: nil, networkPlugin: .calico, imageRepository: nil,
                controlPlaneEndpoint: nil, certificateNames: []),
            mirrors: Mirrors(kubernetes: nil, registries: [], proxy: nil, noProxy: []), hosts: hosts,
            applications: [openedx])
    }

    /// The whole edition, rendered.
    static func rendered(
        _ storage: ApplicationPart.Storage = local, kubernetes: KubernetesMinor = KubernetesMinor(1, 36),
        secrets: SecretValues? = nil, change: (inout ApplicationPart) -> Void = { _ in }
    ) throws -> Rendered {
        var openedx = openedx(storage)
        change(&openedx)
        return try Renderer(
            edition: edition(), cluster: cluster(openedx), part: openedx, kubernetes: kubernetes
        ).render(secrets: secrets)
    }
}
