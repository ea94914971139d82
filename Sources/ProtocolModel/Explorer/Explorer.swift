/// Searches every state of a machine's world, breadth first, so that what it finds is as short as can be.
package struct Explorer<Machine: ProtocolMachine> {
    private let machine: Machine
    private let wanted: Properties
    private let limit: Int

    private var found = StateIndex<Machine.State>()
    /// For each state whence it was first reached, and by which step.
    private var parents: [UInt32] = []
    private var steps: [Step] = []
    private var drain = DrainCheck()
    private var transitions = 0

    private init(_ machine: Machine, for wanted: Properties, limit: Int) {
        self.machine = machine
        self.wanted = wanted
        self.limit = limit
    }

    /// Searches until a property is broken or nothing is left.
    ///
    /// Time grows with the number of steps, some two microseconds each; memory with that of states, 60 to 400 bytes each
    /// and half as many again while the table grows.
    ///
    /// - Parameters:
    ///   - machine: what to search.
    ///   - wanted: which properties to look after; others may be broken.
    ///   - limit: gives up beyond so many states.
    package static func explore(
        _ machine: Machine, for wanted: Properties = .all, limit: Int = 5_000_000
    ) -> Exploration {
        var explorer = Explorer(machine, for: wanted, limit: limit)
        let clock = ContinuousClock()
        let began = clock.now
        let (outcome, depth) = explorer.search()
        return Exploration(
            outcome: outcome, states: explorer.found.count, transitions: explorer.transitions, depth: depth,
            took: clock.now - began)
    }

    private mutating func search() -> (Exploration.Outcome, depth: Int) {
        _ = found.insert(machine.initial)
        parents.append(0)
        steps.append(Step(.clock, .starts))
        var (current, levelEnd, depth) = (0, 1, 0)
        while current < found.count {
            if current == levelEnd { (levelEnd, depth) = (found.count, depth + 1) }
            if let example = expand(current) { return (.broken(example), example.steps.count) }
            if found.count > limit { return (.exceeded, depth) }
            current += 1
        }
        if wanted.contains(.undrainable), let stuck = drain.firstStuck(states: found.count) {
            return (.broken(counterExample(stuck, .undrainable)), depth)
        }
        return (.holds, depth)
    }

    /// Takes every step from one state; returns what breaks a property.
    private mutating func expand(_ current: Int) -> CounterExample? {
        let state = found[current]
        if case let broken = machine.broken(in: state).intersection(wanted), !broken.isEmpty {
            return counterExample(current, broken)
        }
        if machine.isDrained(state) { drain.note(drained: current) }
        var example: CounterExample?
        // The step that breaks something is noted first: its state need not break anything by itself.
        var next: [Transition<Machine.State>] = []
        machine.visitSteps(from: state) { next.append($0) }
        transitions += next.count
        for transition in next where example == nil {
            let (number, isNew) = found.insert(transition.state)
            if isNew {
                parents.append(UInt32(current))
                steps.append(transition.step)
            }
            if !transition.step.isFault, number != current { drain.note(from: current, to: number) }
            if case let broken = transition.broken.intersection(wanted), !broken.isEmpty {
                example = counterExample(current, broken, last: transition)
            }
        }
        return example
    }

    private func counterExample(
        _ number: Int, _ broken: Properties, last: Transition<Machine.State>? = nil
    ) -> CounterExample {
        var path: [Step] = []
        var at = number
        while at != 0 {
            path.append(steps[at])
            at = Int(parents[at])
        }
        path.reverse()
        if let last { path.append(last.step) }
        return CounterExample(
            kind: machine.kind, steps: path, broken: broken, state: machine.describe(last?.state ?? found[number]))
    }
}
