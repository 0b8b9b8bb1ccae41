/// Whether a connection still shows signs of life: who is silent is asked, and asked again.
struct Liveness {
    /// How many thirds of the limit a host may be silent.
    private static let thirds = 3

    private let limit: Double
    private var received: UInt64 = 0
    private var silentThirds = 0
    private var next: Deadline

    /// Starts with a sign of life.
    ///
    /// - Parameter limit: how many seconds of silence are the end.
    init(limit: Double) {
        self.limit = limit
        next = Deadline(seconds: limit / Double(Self.thirds))
    }

    /// Starts anew: what went before is no silence.
    mutating func begin() {
        silentThirds = 0
        next = Deadline(seconds: limit / Double(Self.thirds))
    }

    /// Takes in how many bytes have come from the host so far: more than before are a sign of life.
    mutating func hear(_ bytes: UInt64) {
        guard bytes != received else { return }
        received = bytes
        begin()
    }

    /// What is to be done now about the silence.
    enum Step {
        /// Nothing yet.
        case wait
        /// The host is to be asked for a sign of life.
        case ask
        /// It has been silent for too long.
        case giveUp
    }

    /// Looks at the clock.
    ///
    /// Time that this machine slept counts as one third at most, since it asks first.
    mutating func step() -> Step {
        guard next.hasPassed else { return .wait }
        silentThirds += 1
        next = Deadline(seconds: limit / Double(Self.thirds))
        return silentThirds < Self.thirds ? .ask : .giveUp
    }

    /// How long until the next look at the clock.
    var milliseconds: Int32 { next.milliseconds }
}
