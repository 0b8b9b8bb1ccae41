import Testing
import YAML

@testable import Provisioning

@Suite struct DrillTests {
    private func seen(_ lines: String) -> [DrillEvent] {
        lines.split(separator: "\n").compactMap { DrillEvent($0.drop { $0 == " " }) }
    }

    @Test(arguments: [
        ("2026-11-22T06:45:13Z", 1_795_329_913_000), ("2026-11-22T06:45:13.250000Z", 1_795_329_913_250),
        ("1970-01-01T00:00:00Z", 0),
    ])
    func momentsAreRead(text: String, milliseconds: Int) {
        #expect(Moment.milliseconds(text) == milliseconds)
    }

    @Test(arguments: ["", "null", "2026-11-22", "2026-11-22T06:45:13", "T:Z"])
    func whatIsNoMomentIsNone(text: String) {
        #expect(Moment.milliseconds(text) == nil)
    }

    @Test(arguments: ["", "request", "request x a/b 1 ok", "pod 1 a b c", "other 1 a b", "node 1 n1"])
    func whatIsNoEventIsNone(line: String) {
        #expect(DrillEvent(Substring(line)) == nil)
    }

    /// Two pods serve, one is killed: two requests fail, and the service is whole when another one is ready.
    @Test func aLostPodIsMissedAndReplaced() {
        let report = DrillReport(
            lost: "pod a/web-1", moment: 1000, addresses: ["10.0.0.1"],
            before: ["a/web": ["10.0.0.1", "10.0.0.2"], "a/db": ["10.0.0.9"]],
            seen: seen(
                """
                endpoints 10 a web 10.0.0.1,10.0.0.2
                node 20 n1 True
                request 700 a/web 5 ok
                request 1100 a/web 2000 timeout
                request 950 a/web 60 refused
                endpoints 1300 a web 10.0.0.2
                pod 1400 a web-3 n2 False <none>
                request 3200 a/web 7 ok
                pod 5000 a web-3 n2 True <none>
                endpoints 5100 a web 10.0.0.2,10.0.0.3
                endpoints 6000 a other <none>
                request 5200 a/db 3 ok
                """),
            recorded: [.init(after: 400, text: "pod a/web-3: event Scheduled", isRecorded: true)],
            deeds: [(1000, "killed")])
        #expect(
            report.requests == [
                .init(service: "a/db", sent: 1, failed: [:], failing: nil, restored: 0, slowest: 3),
                .init(
                    service: "a/web", sent: 3, failed: ["timeout": 1, "refused": 1], failing: -50...2100,
                    restored: 4100, slowest: 7),
            ])
        #expect(report.isRestored)
        #expect(
            report.timeline.map { "\($0.after) \($0.text)" } == [
                "-50 a/web: first failed request", "0 killed", "300 a/web: 1 ready",
                "400 pod a/web-3: not ready on n2", "400 pod a/web-3: event Scheduled",
                "2100 a/web: last failed request", "4000 pod a/web-3: ready on n2", "4100 a/web: 2 ready",
            ])
    }

    /// As long as the API server has not noticed, a service that has lost a pod is not whole.
    @Test func whatNobodyHasNoticedIsNotRestored() {
        let report = DrillReport(
            lost: "node n2", moment: 1000, addresses: ["10.0.0.1"], before: ["a/web": ["10.0.0.1"]],
            seen: seen("endpoints 10 a web 10.0.0.1\nendpoints 1500 a web 10.0.0.1"), recorded: [], deeds: [])
        #expect(!report.isRestored)
    }

    @Test func eventsOfTheApiServerAreTaken() {
        func event(_ reason: String, _ kind: String, _ name: String, _ time: String) -> Node {
            [
                "reason": .string(reason), "lastTimestamp": .string(time),
                "involvedObject": ["kind": .string(kind), "name": .string(name), "namespace": "a"],
            ]
        }
        let lines = Drill.lines(
            of: [
                event("Started", "Pod", "web-3", "1970-01-01T00:00:09Z"),
                event("NodeNotReady", "Node", "n2", "1970-01-01T00:00:05Z"),
                event("NodeNotReady", "Node", "n3", "1970-01-01T00:00:05Z"),
                event("Started", "Pod", "web-1", "1970-01-01T00:00:01Z"),
                event("Pulled", "Pod", "web-3", "1970-01-01T00:00:09Z"),
            ], in: ["a"], node: "n2", since: 4500)
        #expect(
            lines.map { "\($0.after) \($0.text)" } == [
                "500 node n2: event NodeNotReady", "4500 pod a/web-3: event Started",
            ])
    }

    @Test(arguments: [
        ("docker.io/library/mysql:8.4", DataStore.mysql), ("registry:5000/mongo", .mongodb),
        ("redis@sha256:1234", .redis), ("quay.io/x/elasticsearch:7", .elasticsearch),
    ])
    func storesAreKnownByTheirImages(image: String, store: DataStore) {
        #expect(DataStore.allCases.filter { $0.isIn(image) } == [store])
    }

    @Test func aPortThatSpeaksHTTPIsAskedByIt() throws {
        func target(_ ports: Node) -> DrillTarget? {
            DrillTarget([
                "metadata": ["namespace": "a", "name": "web"],
                "spec": ["clusterIP": "10.96.0.7", "ports": ports],
            ])
        }
        let both = target([["name": "mysql", "port": 3306], ["name": "http", "port": 80]])
        #expect(both?.word == "a/web:10.96.0.7:80:/")
        #expect(target([["name": "mysql", "port": 3306]])?.word == "a/web:10.96.0.7:3306:")
        #expect(target([["port": 53, "protocol": "UDP"]]) == nil)
    }
}
