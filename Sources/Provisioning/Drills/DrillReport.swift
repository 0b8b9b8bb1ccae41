/// What came of a drill.
package struct DrillReport: Sendable {
    /// A line of the timeline.
    package struct Line: Sendable, Hashable {
        /// Milliseconds after the loss; negative before it.
        package let after: Int
        /// What happened.
        package let text: String
        /// Whether the API server has recorded it itself, to the second.
        package let isRecorded: Bool
    }

    /// How the requests to a service went, from the loss on.
    package struct Requests: Sendable, Hashable {
        /// `namespace/name`.
        package let service: String
        /// How many were sent.
        package let sent: Int
        /// How many of them failed, by the reason.
        package let failed: [String: Int]
        /// Milliseconds after the loss at which the first one that failed began, and the last one ended.
        package let failing: ClosedRange<Int>?
        /// Milliseconds after the loss at which as many pods served as before, none of them the lost one; nil where that
        /// did not come.
        package let restored: Int?
        /// Milliseconds that the slowest answer took.
        package let slowest: Int
    }

    /// What was lost, in words.
    package let lost: String
    /// What happened, in order.
    package let timeline: [Line]
    /// Each service that was asked, in order of name.
    package let requests: [Requests]

    /// Whether all services are as before.
    package var isRestored: Bool { requests.allSatisfy { $0.restored != nil } }
}

extension DrillReport {
    /// Works out what came of a drill from what was seen.
    ///
    /// - Parameters:
    ///   - lost: what was lost, in words.
    ///   - moment: when.
    ///   - addresses: the addresses of the pods that were lost.
    ///   - before: the ready addresses of each service that is asked, before the loss.
    ///   - seen: all that was seen, in any order.
    ///   - recorded: what the API server has recorded.
    ///   - deeds: what the drill itself has done, and when.
    init(
        lost: String, moment: Int, addresses: Set<String>, before: [String: Set<String>],
        seen: [DrillEvent], recorded: [Line], deeds: [(at: Int, text: String)]
    ) {
        self.lost = lost
        let seen = seen.sorted { $0.at < $1.at }
        let restored = Self.restored(before, without: addresses, from: moment, seen)
        requests = before.keys.sorted().map { service in
            Self.requests(to: service, from: moment, seen, restored: restored[service])
        }
        var lines = deeds.map { Line(after: $0.at - moment, text: $0.text, isRecorded: false) }
        lines += Self.changes(seen, from: moment, services: Set(before.keys)) + recorded
        lines += requests.compactMap { requests in
            requests.failing.map {
                Line(
                    after: $0.lowerBound, text: "\(requests.service): first failed request", isRecorded: false
                )
            }
        }
        lines += requests.compactMap { requests in
            requests.failing.map {
                Line(
                    after: $0.upperBound, text: "\(requests.service): last failed request", isRecorded: false)
            }
        }
        timeline = lines.enumerated().sorted { ($0.element.after, $0.offset) < ($1.element.after, $1.offset) }
            .map(\.element)
    }

    /// Whether all services have as many ready addresses as before, after those that lost some had fewer.
    static func areRestored(
        _ before: [String: Set<String>], without lost: Set<String>, from moment: Int, _ seen: [DrillEvent]
    ) -> Bool {
        restored(before, without: lost, from: moment, seen).count == before.count
    }

    /// When each service had as many ready addresses as before, after it had lost some; that of one that has lost none
    /// is the loss itself.
    private static func restored(
        _ before: [String: Set<String>], without lost: Set<String>, from moment: Int, _ seen: [DrillEvent]
    ) -> [String: Int] {
        var result = before.filter { $0.value.isDisjoint(with: lost) }.mapValues { _ in 0 }
        var fallen: Set<String> = []
        for event in seen where event.at >= moment {
            guard case .endpoints(let service, let addresses) = event.kind, let wanted = before[service],
                result[service] == nil
            else { continue }
            if !addresses.isSuperset(of: wanted) { fallen.insert(service) }
            if fallen.contains(service), addresses.count >= wanted.count {
                result[service] = event.at - moment
            }
        }
        return result
    }

    private static func requests(
        to service: String, from moment: Int, _ seen: [DrillEvent], restored: Int?
    ) -> Requests {
        var sent = 0
        var slowest = 0
        var failed: [String: Int] = [:]
        var failing: ClosedRange<Int>?
        for event in seen {
            guard case .request(service, let milliseconds, let failure) = event.kind,
                event.at + milliseconds >= moment
            else { continue }
            sent += 1
            guard let failure else {
                slowest = max(slowest, milliseconds)
                continue
            }
            failed[failure, default: 0] += 1
            let first = failing?.lowerBound ?? event.at - moment
            failing = first...max(first, event.at + milliseconds - moment)
        }
        return Requests(
            service: service, sent: sent, failed: failed, failing: failing, restored: restored,
            slowest: slowest)
    }

    /// What of the cluster's objects has changed, without what stayed as it was.
    private static func changes(
        _ seen: [DrillEvent], from moment: Int, services: Set<String>
    ) -> [Line] {
        var known: [String: String] = [:]
        return seen.compactMap { event in
            guard let (subject, state) = event.state(among: services) else { return nil }
            let before = known.updateValue(state, forKey: subject)
            // what was there when the watching began is no news
            guard event.at >= moment, before != state else { return nil }
            return Line(after: event.at - moment, text: "\(subject): \(state)", isRecorded: false)
        }
    }
}

extension DrillEvent {
    /// What it is about and how that is, in words; nil for requests, and for what is not asked about.
    func state(among services: Set<String>) -> (subject: String, state: String)? {
        switch kind {
        case .request: nil
        case .endpoints(let service, let addresses):
            services.contains(service) ? (service, "\(addresses.count) ready") : nil
        case .node(let name, let isReady): ("node \(name)", isReady ? "Ready" : "not Ready")
        case .pod(let name, let node, let isReady, let isGoing):
            (
                "pod \(name)",
                (isGoing ? "on its way out" : isReady ? "ready" : "not ready")
                    + (node.map { " on \($0)" } ?? "")
            )
        }
    }
}
