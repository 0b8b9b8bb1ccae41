import Foundation
import Playbook
import Provisioning

extension Sample {
    /// The repository's folder.
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A file of the repository.
    static func file(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
    }
}

extension Sample {
    /// Surroundings that read the repository and know only this machine.
    static let surroundings = Surroundings(
        asset: { try file($0) }, file: { try file($0) }, now: { Int(Date().timeIntervalSince1970 * 1e9) },
        connect: { _ in LocalTransport(environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]) },
        privilege: { _ in .none }, explain: { ("\($0)", "") })
}
