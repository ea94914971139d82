/// The states that were found, each once, numbered in the order in which they were found.
///
/// A hash table of numbers beside the states (open addressing, at most half full), so that a state is kept once: 16 to 24
/// bytes a state besides the state itself. Hashes are kept, too: a state is fetched only when its hash fits.
struct StateIndex<State: Hashable> {
    private(set) var states: [State] = []
    private var hashes: [Int] = []
    private var slots = [UInt32](repeating: .max, count: 1 << 12)

    var count: Int { states.count }

    subscript(_ number: Int) -> State { states[number] }

    /// The number of `state`, and whether it is new.
    mutating func insert(_ state: State) -> (number: Int, isNew: Bool) {
        if states.count * 2 >= slots.count { grow() }
        let hash = state.hashValue
        let mask = slots.count - 1
        var slot = hash & mask
        while slots[slot] != .max {
            let number = Int(slots[slot])
            if hashes[number] == hash, states[number] == state { return (number, false) }
            slot = (slot + 1) & mask
        }
        slots[slot] = UInt32(states.count)
        states.append(state)
        hashes.append(hash)
        return (states.count - 1, true)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        let mask = slots.count - 1
        for (number, hash) in hashes.enumerated() {
            var slot = hash & mask
            while slots[slot] != .max { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number)
        }
    }
}
