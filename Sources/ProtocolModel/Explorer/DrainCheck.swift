/// Finds states from which no drained one can be reached, by going backwards from those that are drained.
///
/// Takes 8 bytes a step that is no misfortune, and again as many while it answers.
struct DrainCheck {
    private var from: [UInt32] = []
    private var to: [UInt32] = []
    private var drained: [UInt32] = []

    /// Notes a step that is no misfortune.
    mutating func note(from: Int, to: Int) {
        self.from.append(UInt32(from))
        self.to.append(UInt32(to))
    }

    /// Notes a drained state.
    mutating func note(drained state: Int) {
        drained.append(UInt32(state))
    }

    /// The first state, in the order in which they were found, that can't be drained any more.
    func firstStuck(states: Int) -> Int? {
        let (starts, sources) = backwards(states)
        var isDrainable = [Bool](repeating: false, count: states)
        var open = drained
        for state in drained { isDrainable[Int(state)] = true }
        while let state = open.popLast() {
            for place in starts[Int(state)]..<starts[Int(state) + 1] {
                let source = sources[Int(place)]
                guard !isDrainable[Int(source)] else { continue }
                isDrainable[Int(source)] = true
                open.append(source)
            }
        }
        return isDrainable.firstIndex(of: false)
    }

    /// The steps by the state that they lead to: where each state's sources begin, and the sources.
    private func backwards(_ states: Int) -> (starts: [UInt32], sources: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: states + 1)
        for state in to { starts[Int(state) + 1] += 1 }
        for state in 0..<states { starts[state + 1] += starts[state] }
        var next = starts
        var sources = [UInt32](repeating: 0, count: to.count)
        for (index, state) in to.enumerated() {
            sources[Int(next[Int(state)])] = from[index]
            next[Int(state)] += 1
        }
        return (starts, sources)
    }
}
