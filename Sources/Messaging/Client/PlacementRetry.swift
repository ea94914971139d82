/// How often, and after which pauses, a placement is tried again: a value, which decides and never sleeps.
///
/// The pauses double; each lies between half and the whole of its step, so that many callers that lost the same sink do
/// not come back in step.
package struct PlacementRetry: Equatable, Sendable {
    /// The first pause's upper end.
    package var first: Duration
    /// What each step is to the one before.
    package var factor: Double
    /// Tries in all, the first included.
    package var tries: Int

    /// Six tries with pauses of up to 50, 100, 200, 400 and 800 ms, unless told otherwise.
    package init(first: Duration = .milliseconds(50), factor: Double = 2, tries: Int = 6) {
        self.first = first
        self.factor = factor
        self.tries = max(1, tries)
    }

    /// The pauses of one placement.
    package func pauses() -> Pauses { Pauses(retry: self) }

    /// The pauses one after another; `nil` when it is time to give up.
    package struct Pauses: Sendable {
        private let retry: PlacementRetry
        private var step: Duration
        private var left: Int

        fileprivate init(retry: PlacementRetry) {
            self.retry = retry
            step = retry.first
            left = retry.tries - 1
        }

        /// The next pause.
        package mutating func next(using random: inout some RandomNumberGenerator) -> Duration? {
            guard left > 0 else { return nil }
            left -= 1
            defer { step = step * retry.factor }
            return step * Double.random(in: 0.5...1, using: &random)
        }
    }
}
