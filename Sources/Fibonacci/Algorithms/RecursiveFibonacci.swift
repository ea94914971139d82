/// The definition, run as it stands: F(n) = F(n−1) + F(n−2), each term computed anew.
///
/// Cost: F(n+1) − 1 additions, so time grows with the result itself: 165,580,140 of them at n = 40, and 1.618 times as
/// many for each further n. The stack is n frames deep at most. (An optimiser may turn one of the two calls into a
/// loop; the additions stay.)
/// Range: −93 to 93, in UInt64; beyond 40 refused unless forced.
/// Source: Leonardo of Pisa, Liber abaci, 1202; the count follows by induction.
public struct RecursiveFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `recursive`
    public var name: String { "recursive" }
    /// One line for a list of algorithms.
    public var summary: String { "the definition itself, F(n+1) - 1 additions: exponential time" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// F(93) is the last in 64 bits.
    public var largestIndex: Int? { IndexLimit.machineWord }
    /// Yes, by their reflection.
    public var takesNegativeIndices: Bool { true }
    /// What takes some tenths of a second.
    public var unforcedLimit: Int? { 40 }

    /// F(n) as an integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        return .machine(Self.fibonacci(UInt64(n.magnitude))).reflected(to: n)
    }

    private static func fibonacci(_ n: UInt64) -> UInt64 {
        n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2)
    }
}
