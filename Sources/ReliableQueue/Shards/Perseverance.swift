import Redis

/// How often, or how long, a thread tries to reach a server that went away. It belongs to the thread.
final class Perseverance {
    enum Limit {
        case none, once
        case until(ContinuousClock.Instant)
    }

    var limit = Limit.none {
        didSet { attempts = 0 }
    }
    private var attempts = 0
    private let keepTrying: () -> Bool

    init(_ keepTrying: @escaping () -> Bool) { self.keepTrying = keepTrying }

    /// True when another attempt is to be made.
    func allowsAnother() -> Bool {
        guard keepTrying() else { return false }
        attempts += 1
        return switch limit {
        case .none: true
        case .once: attempts == 1
        case .until(let end): ContinuousClock.now < end
        }
    }
}

extension QueueError {
    /// True when one shard may have it and the others not, for a while: its server is away, or has no room.
    var isOfOneShard: Bool {
        switch self {
        case .redis(let error): error.isPassing
        case .full: true
        case .mayEvict, .unsettled, .notReplicated, .stuck, .corrupt: false
        }
    }
}
