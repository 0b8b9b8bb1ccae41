import Inventory
import Playbook
import Synchronization
import Testing

@testable import Provisioning
@testable import SSH

/// Which control plane is asked about a cluster.
struct SpokesmanTests {
    /// Control planes that were asked for, and those that were passed over, with the one that took their place.
    private struct Record {
        var asked: [String] = []
        var passedOver: [[String]] = []
    }

    /// Asks twice for the spokesman of a cluster where connecting to some control planes fails.
    private func ask(
        planes: Int, failures: [String: SSHError.Kind]
    ) async -> (host: Result<String?, any Error>, record: Record) {
        let record = Mutex(Record())
        let surroundings = Surroundings(
            asset: { _ in [] }, file: { _ in [] }, now: { 0 },
            connect: { host in
                record.withLock { $0.asked.append(host.name) }
                if let kind = failures[host.name] { throw SSHError(host: host.name, kind: kind) }
                return LocalTransport(environment: [])
            },
            privilege: { _ in .none }, explain: { ("\($0)", "") })
        let spokesman = Spokesman()
        var last: Result<String?, any Error> = .success(nil)
        for _ in 1...2 {
            do {
                let host = try await spokesman.host(of: Sample.cluster(planes: planes), surroundings) {
                    host, next, _ in record.withLock { $0.passedOver.append([host.name, next.name]) }
                }
                last = .success(host?.name)
            } catch {
                last = .failure(error)
            }
        }
        return (last, record.withLock { $0 })
    }

    private static let away = SSHError.Kind.unreachable(reason: "no route")

    @Test func aSingleOneIsNotTriedOut() async throws {
        let (host, record) = await ask(planes: 1, failures: ["c1": Self.away])
        #expect(try host.get() == "c1")
        #expect(record.asked.isEmpty)
    }

    @Test func theFirstInReachIsChosenOnceAndTheOthersAreNamed() async throws {
        let (host, record) = await ask(planes: 3, failures: ["c1": Self.away])
        #expect(try host.get() == "c2")
        #expect(record.asked == ["c1", "c2"])
        #expect(record.passedOver == [["c1", "c2"]])
    }

    @Test func whereNoneIsInReachTheFirstIsNamed() async throws {
        let (host, record) = await ask(
            planes: 3, failures: ["c1": Self.away, "c2": Self.away, "c3": Self.away])
        let error = try #require(#expect(throws: SSHError.self) { try host.get() })
        #expect(error.host == "c1")
        #expect(record.passedOver.isEmpty)
    }

    @Test func anotherHostKeyIsNotPassedOver() async throws {
        let unknown = SSHError.Kind.hostKeyUnknown(type: "ssh-ed25519", fingerprint: "SHA256:x")
        let (host, record) = await ask(planes: 3, failures: ["c1": unknown])
        #expect(throws: SSHError.self) { try host.get() }
        #expect(record.asked == ["c1", "c1"])
    }

    @Test func theClusterIsLedByTheOneThatSpeaks() {
        let cluster = Sample.cluster(planes: 3, workers: 1).led(by: "c2")
        #expect(cluster.firstControlPlane?.name == "c2")
        #expect(cluster.hosts.map(\.name) == ["c2", "c1", "c3", "w1"])
    }
}
