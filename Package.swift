// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is compiled with: no warning passes, and imports stay private unless said otherwise.
let common: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module of the product: plain name, the arrows it may follow.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: common)
}

/// The tests of one module, with its golden files where it has some.
func tests(_ name: String, _ dependencies: [Target.Dependency], golden: Bool = false) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"],
        resources: golden ? [.copy("Golden")] : [], swiftSettings: common)
}

let package = Package(
    name: "mooc-cluster",
    products: [.executable(name: "mooc-cluster", targets: ["mooc-cluster"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibSSH", pkgConfig: "libssh", providers: [.apt(["libssh-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        module("YAML", ["CLibYAML"]),
        module("Cryptography", ["CLibCrypto"]),
        module("SSH", ["CLibSSH", "Cryptography"]),
        module("Vault", ["Cryptography"]),
        module("Inventory", ["YAML", "Vault"]),
        module("Ansible", ["YAML", "Vault", "Inventory"]),
        module("Playbook", ["YAML"]),
        module("Manifests", ["YAML", "Inventory", "Cryptography"]),
        module(
            "Provisioning", ["YAML", "Inventory", "Playbook", "Manifests", "SSH", "Cryptography"]),
        module("Console"),
        .target(
            name: "Assets", swiftSettings: common, plugins: [.plugin(name: "EmbedAssets")]),
        .executableTarget(
            name: "mooc-cluster",
            dependencies: [
                "YAML", "Cryptography", "SSH", "Vault", "Inventory", "Ansible", "Playbook", "Manifests",
                "Provisioning", "Console", "Assets",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: common),
        .plugin(
            name: "EmbedAssets", capability: .buildTool(), dependencies: ["embed-assets"],
            path: "Sources/EmbedAssets"),
        .executableTarget(name: "embed-assets", swiftSettings: common),

        .target(
            name: "TestSupport", dependencies: ["YAML", "Playbook"], path: "Tests/TestSupport",
            swiftSettings: common),
        tests("YAMLTests", ["YAML"], golden: true),
        tests("SSHTests", ["SSH"]),
        tests("VaultTests", ["Vault"]),
        tests("InventoryTests", ["Inventory", "Vault", "YAML"], golden: true),
        tests("AnsibleTests", ["Ansible", "Inventory", "YAML"]),
        tests("PlaybookTests", ["Playbook", "YAML"], golden: true),
        tests("ManifestsTests", ["Manifests", "Inventory", "YAML", "Cryptography"], golden: true),
        tests(
            "ProvisioningTests",
            ["Provisioning", "Inventory", "Playbook", "YAML", "Manifests", "Cryptography", "SSH"],
            golden: true),
        tests("ConsoleTests", ["Console"]),
        tests("EndToEndTests", ["YAML"]),
        tests("FaultTests", []),
        tests("LabTests", ["YAML"]),
    ],
    swiftLanguageModes: [.v6]
)
