/// How a sink treats its callers: at once and well unless told otherwise.
///
/// Bad days are rehearsed with it. All is drawn from one seeded sequence, a fault a request, in the order in which the
/// requests arrive.
package struct SinkBehaviour: Sendable {
    /// Draws how long a request waits before its message is placed.
    package typealias Delay = @Sendable (inout SinkRandom) -> Duration

    /// The delay of an ordinary request; `nil` is none.
    package var delay: Delay?
    /// The fraction of requests that are very slow, from 0 to 1.
    package var verySlowFraction = 0.0
    /// The delay of a very slow one.
    package var verySlowDelay: Delay?
    /// The fraction of requests that fail, from 0 to 1.
    package var failedFraction = 0.0
    /// The status that they fail with.
    package var failedStatus = MessageStatus.unavailable
    /// The fraction of requests whose connection is dropped, from 0 to 1. Whatever else is in flight on it breaks too.
    package var droppedFraction = 0.0
    /// What the random sequence starts from.
    package var seed: UInt64 = 0

    /// A sink without faults and delays.
    package init() {}

    /// Whether any request is treated badly.
    var isBad: Bool { delay != nil || verySlowFraction > 0 || failedFraction > 0 || droppedFraction > 0 }
}

/// What is done to one request.
package struct SinkFault: Equatable, Sendable {
    /// How a request ends that is not simply answered.
    package enum Ending: Equatable, Sendable {
        /// With an injected status.
        case failed
        /// With its connection's end.
        case dropped
    }

    /// When it ends so.
    package enum Moment: Equatable, Sendable {
        /// Nothing is placed.
        case beforePlacing
        /// The message is placed and the reply lost, so that a repeat has something to find.
        case afterPlacing
    }

    /// How long it waits before its message is placed.
    package var delay: Duration = .zero
    /// How it ends; `nil` is a normal answer.
    package var ending: Ending?
    /// When it ends so; half of the faults each, by the same random sequence.
    package var moment = Moment.beforePlacing

    /// No fault.
    package static let none = SinkFault()
}

/// The faults of a sink, one a request: a value, decided by behaviour and seed alone.
package struct SinkFaults: Sendable {
    private let behaviour: SinkBehaviour
    private var random: SinkRandom

    /// Starts the sequence.
    package init(_ behaviour: SinkBehaviour) {
        self.behaviour = behaviour
        random = SinkRandom(seed: behaviour.seed)
    }

    /// The fault of the next request.
    package mutating func next() -> SinkFault {
        guard behaviour.isBad else { return .none }
        var fault = SinkFault()
        let isVerySlow = random.unit() < behaviour.verySlowFraction
        let ending = random.unit()
        let isLate = random.next() & 1 == 1
        let delay = isVerySlow ? behaviour.verySlowDelay : behaviour.delay
        if let delay { fault.delay = max(.zero, delay(&random)) }
        if ending < behaviour.failedFraction {
            fault.ending = .failed
        } else if ending < behaviour.failedFraction + behaviour.droppedFraction {
            fault.ending = .dropped
        }
        if fault.ending != nil, isLate { fault.moment = .afterPlacing }
        return fault
    }
}
