/// Pauses between attempts that grow by doubling, with jitter, until a total time is used up.
///
/// A value: it decides and never sleeps. Each pause lies between half and the whole of the doubled step, so that many
/// clients that lost the same server do not come back in step.
public struct Backoff: Sendable {
    /// The first pause's upper end.
    public var first: Duration
    /// No pause is longer.
    public var longest: Duration
    /// The pauses' sum at which to give up, and the time after which no further attempt is made.
    public var total: Duration

    /// From 10 ms to half a second, for half a minute, unless told otherwise.
    public init(
        first: Duration = .milliseconds(10), longest: Duration = .milliseconds(500), total: Duration = .seconds(30)
    ) {
        self.first = first
        self.longest = longest
        self.total = total
    }

    /// The pauses of one series of attempts.
    public func attempts() -> Attempts {
        Attempts(backoff: self)
    }

    /// An iterator over the pauses; `nil` when it is time to give up.
    public struct Attempts: IteratorProtocol, Sendable {
        private let backoff: Backoff
        private var step: Duration
        private var spent = Duration.zero

        init(backoff: Backoff) {
            self.backoff = backoff
            step = backoff.first
        }

        /// The next pause, or `nil` when the total is used up.
        public mutating func next() -> Duration? {
            guard spent < backoff.total else { return nil }
            let pause = step * Double.random(in: 0.5...1)
            step = min(step * 2, backoff.longest)
            spent += pause
            return pause
        }
    }
}
