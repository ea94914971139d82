/// What a search came to.
package struct Exploration: Sendable {
    /// How a search ends.
    package enum Outcome: Sendable {
        /// Every state was seen, and none breaks a property.
        case holds
        /// This is the shortest course that breaks one.
        case broken(CounterExample)
        /// There are more states than the search was allowed.
        case exceeded
    }

    /// How it ended.
    package let outcome: Outcome
    /// How many states were found.
    package let states: Int
    /// How many steps were taken.
    package let transitions: Int
    /// How many steps the farthest state is from the first.
    package let depth: Int
    /// How long the search took.
    package let took: Duration

    /// What a search came to.
    ///
    /// - Parameters:
    ///   - outcome: how it ended.
    ///   - states: how many states were found.
    ///   - transitions: how many steps were taken.
    ///   - depth: how far the farthest state is from the first.
    ///   - took: how long it took.
    package init(outcome: Outcome, states: Int, transitions: Int, depth: Int, took: Duration) {
        self.outcome = outcome
        self.states = states
        self.transitions = transitions
        self.depth = depth
        self.took = took
    }

    /// What breaks a property, if anything does.
    package var counterExample: CounterExample? {
        if case .broken(let example) = outcome { return example }
        return nil
    }

    /// True when every state was seen and none breaks a property.
    package var holds: Bool {
        if case .holds = outcome { return true }
        return false
    }
}
