import Testing
import YAML

@testable import Provisioning

struct DepartureTests {
    private func departure(_ items: [Node]) -> Departure { Departure(of: "w1", in: Objects.cluster(items)) }

    /// Where the one pod of w1 goes when there is also this node.
    private func why(_ other: Node, _ pod: Node, _ more: [Node] = []) -> String {
        let move = departure([Objects.node("w1"), other, pod] + more).moves.first
        return move.map { $0.target.map { "to \($0)" } ?? $0.why } ?? "it does not go"
    }

    @Test func podsGoWhereTheyFit() {
        let other = Objects.node("w2")
        let pod = Objects.pod("web-1", on: "w1")
        #expect(why(other, pod) == "to w2")
        #expect(why(Objects.node("w2", isReady: false), pod) == "w2: not ready")
        #expect(why(Objects.node("w2", spec: ["unschedulable": true]), pod) == "w2: takes no new pods")
        #expect(
            why(other, Objects.pod("web-1", on: "w1", memory: "3Gi"))
                == "w2: is full (it asks for 0.10 processors and 3072 MiB)")
        #expect(
            why(other, pod, [Objects.pod("db-1", on: "w2", memory: "2Gi")])
                == "w2: is full (it asks for 0.10 processors and 64 MiB)")
        #expect(departure([Objects.node("w1"), pod]).moves.first?.why == "there is no other node")
    }

    @Test func taintsKeepPodsAwayThatDoNotTolerateThem() {
        let taint: Node = ["key": "dedicated", "value": "db", "effect": "NoSchedule"]
        let other = Objects.node("w2", spec: ["taints": [taint]])
        func why(_ tolerations: Node) -> String {
            self.why(other, Objects.pod("web-1", on: "w1", spec: ["tolerations": tolerations]))
        }
        #expect(why([]) == "w2: has the taint dedicated")
        #expect(why([["key": "dedicated", "value": "web"]]) == "w2: has the taint dedicated")
        #expect(
            why([["key": "dedicated", "value": "db", "effect": "NoExecute"]]) == "w2: has the taint dedicated"
        )
        #expect(why([["key": "dedicated", "value": "db"]]) == "to w2")
        #expect(why([["key": "dedicated", "operator": "Exists", "effect": "NoSchedule"]]) == "to w2")
        #expect(why([["operator": "Exists"]]) == "to w2")
        let soft = Objects.node("w2", spec: ["taints": [["key": "a", "effect": "PreferNoSchedule"]]])
        #expect(self.why(soft, Objects.pod("web-1", on: "w1")) == "to w2")
    }

    @Test func selectorsAndAffinityAreHeeded() {
        func pod(_ expression: Node) -> Node {
            let terms: Node = ["nodeSelectorTerms": [["matchExpressions": [expression]]]]
            let key = "requiredDuringSchedulingIgnoredDuringExecution"
            return Objects.pod(
                "web-1", on: "w1", spec: ["affinity": ["nodeAffinity": .mapping([key: terms])]])
        }
        let other = Objects.node("w2", labels: ["disk": "ssd", "cores": "8"])
        let no = "w2: is not one of the nodes that it asks for"
        #expect(
            why(other, Objects.pod("web-1", on: "w1", spec: ["nodeSelector": ["disk": "ssd"]])) == "to w2")
        #expect(why(other, Objects.pod("web-1", on: "w1", spec: ["nodeSelector": ["disk": "hdd"]])) == no)
        #expect(why(other, pod(["key": "disk", "operator": "In", "values": ["nvme", "ssd"]])) == "to w2")
        #expect(why(other, pod(["key": "disk", "operator": "NotIn", "values": ["ssd"]])) == no)
        #expect(why(other, pod(["key": "gpu", "operator": "Exists"])) == no)
        #expect(why(other, pod(["key": "gpu", "operator": "DoesNotExist"])) == "to w2")
        #expect(why(other, pod(["key": "cores", "operator": "Gt", "values": ["4"]])) == "to w2")
        #expect(why(other, pod(["key": "cores", "operator": "Lt", "values": ["4"]])) == no)
        #expect(why(other, pod(["key": "disk", "operator": "Unheard"])) == no)
    }

    @Test func whatIsPlacedTakesRoomFromTheRest() {
        let pods = (1...3).map { Objects.pod("web-\($0)", on: "w1", memory: "1Gi") }
        let moves = departure([Objects.node("w1"), Objects.node("w2")] + pods).moves
        #expect(moves.compactMap(\.target).count == 2)
    }

    @Test func podsOfTheNodeEndWithItAndFinishedOnesDoNotCount() {
        var done = Objects.pod("job-1", on: "w1")
        done["status"] = ["phase": "Succeeded"]
        let departure = departure([
            Objects.node("w1"), Objects.node("w2"), Objects.pod("net-1", on: "w1", owner: "DaemonSet"),
            Objects.pod("etcd-w1", on: "w1", owner: "Node"), done, Objects.pod("web-1", on: "w2"),
        ])
        #expect(departure.ending == ["default/etcd-w1", "default/net-1"])
        #expect(departure.moves.isEmpty)
        #expect(departure.findings(for: .removal, .init()).isEmpty)
    }

    @Test func aPodWithoutAControllerIsInTheWay() {
        let departure = departure([
            Objects.node("w1"), Objects.node("w2"), Objects.pod("lone-1", on: "w1", owner: nil),
        ])
        for (purpose, severity) in [
            (Departure.Purpose.drain, Diagnostic.Severity.error), (.removal, .error), (.burial, .warning),
        ] {
            let findings = departure.findings(for: purpose, .init())
            #expect(findings.map(\.severity) == [severity])
            #expect(findings.first?.message.contains("default/lone-1") == true)
        }
    }

    @Test func aVolumeOfTheNodeAloneIsRefusedWithoutConsent() {
        let claims: Node = ["volumes": [["persistentVolumeClaim": ["claimName": "mysql"]]]]
        let departure = departure(
            [Objects.node("w1"), Objects.node("w2"), Objects.pod("mysql-0", on: "w1", spec: claims)]
                + Objects.volume("mysql", on: "w1"))
        #expect(departure.volumes.map(\.claim) == ["default/mysql"])
        #expect(departure.moves.first?.why == "w2: cannot mount its volume")
        func errors(_ purpose: Departure.Purpose, _ consent: Departure.Consent) -> Int {
            departure.findings(for: purpose, consent).count { $0.severity == .error }
        }
        #expect(errors(.removal, .init()) == 2)
        #expect(errors(.removal, .init(leavesPending: true)) == 1)
        #expect(errors(.removal, .init(deletesData: true)) == 0, "the pod goes with its volume")
        #expect(errors(.burial, .init()) == 1)
        #expect(errors(.drain, .init()) == 0)
    }

    @Test func aPodWithoutAPlaceIsRefusedWithoutConsent() {
        let departure = departure([Objects.node("w1"), Objects.pod("web-1", on: "w1")])
        #expect(departure.findings(for: .removal, .init()).map(\.severity) == [.error])
        #expect(departure.findings(for: .removal, .init(deletesData: true)).map(\.severity) == [.error])
        #expect(departure.findings(for: .removal, .init(leavesPending: true)).map(\.severity) == [.warning])
        #expect(departure.findings(for: .burial, .init()).map(\.severity) == [.warning])
        #expect(departure.findings(for: .drain, .init()).map(\.severity) == [.warning])
    }

    @Test(arguments: [
        (3, 2, 3, Diagnostic.Severity?.none), (2, 2, 3, .warning), (2, 2, 2, .error), (1, 2, 2, .error),
    ])
    func budgetsAreNamed(_ healthy: Int, _ wanted: Int, _ expected: Int, _ severity: Diagnostic.Severity?) {
        let departure = departure([
            Objects.node("w1"), Objects.node("w2"), Objects.pod("web-1", on: "w1"),
            Objects.budget("web", healthy: healthy, wanted: wanted, expected: expected),
            Objects.budget("db", healthy: 1, wanted: 1, expected: 1),
        ])
        let findings = departure.findings(for: .removal, .init())
        #expect(findings.map(\.severity) == (severity.map { [$0] } ?? []))
        #expect(findings.allSatisfy { $0.message.contains("default/web lets no pod go") })
        #expect(departure.findings(for: .burial, .init()).isEmpty, "nobody asks a dead node's pods")
    }

    @Test func nodesThatGoTogetherAreNoPlaceForEachOther() {
        let objects = Objects.cluster([
            Objects.node("w1"), Objects.node("w2"), Objects.node("w3"), Objects.pod("web-1", on: "w1"),
        ])
        #expect(Departure(of: "w1", in: objects, with: ["w1", "w2"]).moves.map(\.target) == ["w3"])
        #expect(Departure(of: "w1", in: objects, with: ["w2", "w3"]).moves.map(\.target) == [nil])
    }
}
