// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that libFuzzer's flags reach what is fuzzed and nothing else: the modules are the
// product's, by symbolic links. `make fuzz` builds and runs it.

/// What every target is compiled with, as in the product.
let common: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "fuzz",
    targets: [
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CLibSSH", pkgConfig: "libssh"),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1"),
        .target(name: "YAML", dependencies: ["CLibYAML"], swiftSettings: common),
        .target(name: "Cryptography", dependencies: ["CLibCrypto"], swiftSettings: common),
        .target(name: "Vault", dependencies: ["Cryptography"], swiftSettings: common),
        .target(name: "SSH", dependencies: ["CLibSSH", "Cryptography"], swiftSettings: common),
        .target(name: "Inventory", dependencies: ["YAML", "Vault"], swiftSettings: common),
        .target(name: "Playbook", dependencies: ["YAML"], swiftSettings: common),
        .executableTarget(
            name: "fuzz", dependencies: ["CLibSSH", "YAML", "Inventory", "Playbook", "SSH"],
            swiftSettings: common),
    ],
    swiftLanguageModes: [.v6]
)
