/// What became of a placement.
package enum PlacementOutcome: Equatable, Sendable {
    /// Placed now, under this number.
    case placed(UInt64)
    /// Placed before, under this number: as good as placed now.
    case repeated(UInt64)
    /// Refused: a later claim of the task has been seen, so this one must stop. The sink's words.
    case superseded(String)
    /// Given up: the last attempt's status and words.
    case failed(MessageStatus, String)
    /// Given up because the lease was lost, or the caller cancelled. The message may have been placed.
    case abandoned
}

/// What a placement cost, all its attempts together.
package struct PlacementCosts: Equatable, Sendable {
    /// Calls made; tries without a connection are none.
    package var calls = 0
    /// Bytes of the messages sent, as they are serialized: without HTTP/2's frames and headers.
    package var bytesOut = 0
    /// Bytes of the messages received, likewise.
    package var bytesIn = 0
    /// Time that calls took, in nanoseconds of the monotonic clock.
    package var callNanoseconds: UInt64 = 0
    /// Time between calls, likewise.
    package var backoffNanoseconds: UInt64 = 0

    /// Nothing yet.
    package init() {}
}

/// What became of a placement, and what it cost.
package struct PlacementResult: Equatable, Sendable {
    /// What became of it.
    package var outcome: PlacementOutcome
    /// What it cost.
    package var costs: PlacementCosts

    /// A result.
    package init(outcome: PlacementOutcome, costs: PlacementCosts) {
        self.outcome = outcome
        self.costs = costs
    }
}

/// What became of a batch, and what it cost.
package struct BatchResult: Equatable, Sendable {
    /// One for each placement, in their order.
    package var outcomes: [PlacementOutcome]
    /// What it cost, all together.
    package var costs: PlacementCosts
}
