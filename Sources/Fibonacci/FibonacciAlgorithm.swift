/// One way to compute Fibonacci numbers, F(0) = 0, F(1) = 1, F(n) = F(n−1) + F(n−2).
///
/// A conforming type is a value without state, so one may be used from any number of threads at once.
public protocol FibonacciAlgorithm: Sendable {
    /// The name it is chosen by, in lower case with hyphens: `gmp-doubling`.
    var name: String { get }
    /// What it does, in one line for a list of algorithms.
    var summary: String { get }
    /// The size in bits of the significand it computes with; nil for exact integer arithmetic.
    var precisionBits: Int? { get }
    /// The last n it can represent; nil if only memory sets the end.
    var largestIndex: Int? { get }
    /// The last n whose running time is bearable: `check(_:force:)` refuses more unless forced; nil if each n is.
    var unforcedLimit: Int? { get }

    /// F(n), exact or as near as the precision allows.
    ///
    /// Throws `negativeIndex` below 0 and `overflow` beyond `largestIndex`. It does not look at `unforcedLimit`.
    func value(at n: Int) throws(FibonacciError) -> FibonacciValue
}

extension FibonacciAlgorithm {
    /// No limit: what every algorithm has whose time grows no worse than its result.
    public var unforcedLimit: Int? { nil }

    /// Whether the algorithm takes this n, and, unless `force` is given, whether it does in bearable time.
    ///
    /// Throws `negativeIndex`, `overflow` or `unforced`. Programs that let people choose n call it before they
    /// compute, since a value that takes a week cannot be stopped halfway.
    public func check(_ n: Int, force: Bool) throws(FibonacciError) {
        try checkRange(n)
        if let unforcedLimit, n > unforcedLimit, !force {
            throw .unforced(algorithm: name, n: n, limit: unforcedLimit)
        }
    }

    /// The part of `check(_:force:)` that `value(at:)` begins with.
    func checkRange(_ n: Int) throws(FibonacciError) {
        guard n >= 0 else { throw .negativeIndex(n) }
        if let largestIndex, n > largestIndex {
            throw .overflow(algorithm: name, n: n, largest: largestIndex)
        }
    }
}
