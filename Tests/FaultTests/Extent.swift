import Foundation

/// Which faults a test run goes through, as `make fault` says by the environment; a sample where it says nothing.
enum Extent: Sendable {
    /// A few, spread over the run.
    case sample
    /// All events, and the bytes in steps of so many.
    case all(stride: Int)
    /// One.
    case one(Fault.Kind, place: Int)

    /// What the environment asks for: `MOOC_CLUSTER_FAULT` is `all`, or a kind and a place.
    static let asked: Extent = {
        let environment = ProcessInfo.processInfo.environment
        let words = (environment["MOOC_CLUSTER_FAULT"] ?? "").split(separator: " ").map(String.init)
        if words == ["all"] {
            return .all(stride: environment["MOOC_CLUSTER_FAULT_STRIDE"].flatMap { Int($0) } ?? 29)
        }
        guard words.count == 2, let kind = Fault.Kind(rawValue: words[0]), let place = Int(words[1]) else {
            return .sample
        }
        return .one(kind, place: place)
    }()

    /// Who is to log in, where only one is asked for by `MOOC_CLUSTER_FAULT_LOGIN`.
    static let login = ProcessInfo.processInfo.environment["MOOC_CLUSTER_FAULT_LOGIN"]
        .flatMap { Fault.Login(rawValue: $0) }

    /// Whether any fault of a kind is asked for with this login.
    func concerns(_ kind: Fault.Kind, _ login: Fault.Login) -> Bool {
        if case .one(let one, _) = self { return kind == one && login == Self.login ?? .root }
        return Self.login ?? login == login
    }

    /// The faults of a kind in a run that undisturbed was like this.
    func faults(_ kind: Fault.Kind, _ login: Fault.Login, _ whole: Undisturbed) -> [Fault] {
        let places: [Int]
        switch (self, kind) {
        case (.one(_, let place), _): places = [place]
        case (.all(let stride), .cut):
            places = Array(Swift.stride(from: 1, through: whole.bytes, by: stride))
        case (.all(let stride), .resume):
            places = Array(Swift.stride(from: 1, through: whole.bytesOfResuming, by: stride))
        case (.all, _): places = Array(1..<whole.lines.count)
        case (.sample, _): places = Self.sample(kind, login, whole)
        }
        return places.map { Fault(kind: kind, place: $0, login: login) }
    }

    /// Places that lie in different messages: handshake, authentication, the program's way there, its events and the
    /// journal's; each way to log in has some of them.
    private static func sample(_ kind: Fault.Kind, _ login: Fault.Login, _ whole: Undisturbed) -> [Int] {
        let (connected, greeted) = (whole.bytesAtConnected, whole.bytesAtHello)
        let events = whole.bytes - greeted
        let all: [Fault.Login: [Int]]
        switch kind {
        case .cut:
            all = [
                .root: [connected / 3, (connected + greeted) / 2, greeted + events / 9],
                .sudo: [connected - 100, greeted + events * 8 / 9], .user: [greeted + events / 3],
            ]
        case .resume:
            all = [
                .root: [connected / 2, whole.bytesOfResuming * 3 / 4], .user: [whole.bytesOfResuming / 2],
            ]
        case .kill, .stop, .power:
            let count = whole.lines.count
            all = [.root: [3, count / 3, count * 2 / 3], .user: [count / 2]]
        }
        return all[login] ?? []
    }
}
