/// A protocol in a small world: what its states are, and which steps lead from each to which.
///
/// A value without I/O, clock or chance. Budgets in the state bound how often something may go wrong, so that there are
/// finitely many states.
package protocol ProtocolMachine: Sendable {
    /// All that there is in the world: the server's keys, every client, the sink, and the budgets.
    associatedtype State: Hashable, Sendable

    /// Which protocol it is.
    var kind: ProtocolKind { get }
    /// How large its world is, and what may go wrong in it.
    var bounds: Bounds { get }
    /// Where it begins.
    var initial: State { get }
    /// Calls `visit` with every step that may be taken in `state`. Steps that change nothing may be left out.
    func visitSteps(from state: State, _ visit: (Transition<State>) -> Void)
    /// Which properties the state by itself breaks.
    func broken(in state: State) -> Properties
    /// Whether every task has been ended and nothing is left behind.
    func isDrained(_ state: State) -> Bool
    /// The state in words, a line a role.
    func describe(_ state: State) -> [String]
}

/// A step and where it leads.
package struct Transition<State: Hashable & Sendable>: Sendable {
    /// The step.
    package let step: Step
    /// The state after it.
    package let state: State
    /// Which properties the step itself breaks.
    package let broken: Properties

    /// A step, where it leads, and what it breaks by itself.
    package init(_ step: Step, _ state: State, breaking broken: Properties = []) {
        self.step = step
        self.state = state
        self.broken = broken
    }
}
