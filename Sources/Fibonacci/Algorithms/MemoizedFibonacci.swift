/// The definition with a memory: F(n) = F(n−1) + F(n−2), each term computed once and looked up afterwards.
///
/// Cost: n − 1 additions, n calls deep, and a table of n + 1 words that is allocated and freed by each call: no term is
/// kept from one call to the next, so nothing is shared between threads.
/// Range: −93 to 93, in UInt64.
/// Source: D. Michie, "Memo" functions and machine learning, Nature 218, 1968.
public struct MemoizedFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `memoized`
    public var name: String { "memoized" }
    /// One line for a list of algorithms.
    public var summary: String { "the definition with a table of terms already known, up to n = 93" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// F(93) is the last in 64 bits.
    public var largestIndex: Int? { IndexLimit.machineWord }
    /// Yes, by their reflection.
    public var takesNegativeIndices: Bool { true }

    /// F(n) as an integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        let index = Int(n.magnitude)
        var known = [UInt64?](repeating: nil, count: index + 1)
        return .machine(Self.fibonacci(index, &known)).reflected(to: n)
    }

    private static func fibonacci(_ n: Int, _ known: inout [UInt64?]) -> UInt64 {
        if n < 2 { return UInt64(n) }
        if let term = known[n] { return term }
        let term = fibonacci(n - 1, &known) + fibonacci(n - 2, &known)
        known[n] = term
        return term
    }
}
