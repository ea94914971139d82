// What the optimiser can't see through. It would compute with a constant at compile time, and leave out what nobody uses.

/// The same number.
@inline(never)
@_optimize(none)
func hidden(_ number: Int) -> Int { number }

/// Uses a number, for all the optimiser knows.
@inline(never)
@_optimize(none)
func consume(_ number: UInt64) {}
