/// `stream`: a consumer group in which every claim is a consumer of its own.
package struct StreamMachine: ProtocolMachine {
    private let machine: ClaimMachine<StreamScripts>

    /// - Parameters:
    ///   - bounds: how large the world is, and what may go wrong in it.
    ///   - rules: as they are, unless one is to be switched off.
    package init(_ bounds: Bounds, rules: ClaimRules = ClaimRules()) {
        machine = ClaimMachine(scripts: StreamScripts(rules: rules, bounds: bounds))
    }

    /// Always `stream`.
    package var kind: ProtocolKind { .stream }
    /// As they were given.
    package var bounds: Bounds { machine.bounds }
    /// Tasks in the queue or with the producer, workers about to claim.
    package var initial: ClaimState { machine.initial }

    /// Calls `visit` with every step that changes something.
    package func visitSteps(from state: ClaimState, _ visit: (Transition<ClaimState>) -> Void) {
        machine.visitSteps(from: state, visit)
    }

    /// Which properties the state breaks.
    package func broken(in state: ClaimState) -> Properties { machine.broken(in: state) }

    /// Every task is acked or a dead letter, and no claim is left.
    package func isDrained(_ state: ClaimState) -> Bool { machine.isDrained(state) }

    /// What lies where in Redis, and how far each client is.
    package func describe(_ state: ClaimState) -> [String] { machine.describe(state) }
}
