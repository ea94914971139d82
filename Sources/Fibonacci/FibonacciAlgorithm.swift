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
    /// Whether it gives F(−n) = (−1)^(n+1) F(n) too, down to −`largestIndex`.
    var takesNegativeIndices: Bool { get }
    /// Whether this processor has the format it computes in.
    var isAvailable: Bool { get }
    /// The last n whose running time is bearable: `check(_:force:)` refuses more unless forced; nil if each n is.
    var unforcedLimit: Int? { get }

    /// About how many bytes it takes at its peak to compute F(n) and write it in decimal, the result included; 0 where
    /// that is a fixed few.
    func memoryBytes(at n: Int) -> Int

    /// F(n), exact or as near as the precision allows.
    ///
    /// Throws `negativeIndex` below 0 unless it takes those, and `overflow` beyond `largestIndex` on either side. It
    /// looks neither at `unforcedLimit` nor at how much memory there is.
    func value(at n: Int) throws(FibonacciError) -> FibonacciValue
}

extension FibonacciAlgorithm {
    /// No limit: what every algorithm has whose time grows no worse than its result.
    public var unforcedLimit: Int? { nil }
    /// True: what holds for every format but one.
    public var isAvailable: Bool { true }
    /// False: what holds for a formula that leaves out ψⁿ, which for negative n is the greater term.
    public var takesNegativeIndices: Bool { false }

    /// 0: what holds for arithmetic in machine words.
    public func memoryBytes(at n: Int) -> Int { 0 }

    /// Whether the algorithm takes this n, and, unless `force` is given, whether it does in bearable time.
    ///
    /// Throws `notOnThisProcessor`, `negativeIndex`, `overflow`, `unforced`, or, forced or not, `memory` if `availableBytes` is given and
    /// `memoryBytes(at:)` is more. Programs that let people choose n call it before they compute, since a value that
    /// takes a week cannot be stopped halfway, and GMP ends the process when memory runs out.
    public func check(_ n: Int, force: Bool, availableBytes: Int? = nil) throws(FibonacciError) {
        guard isAvailable else { throw .notOnThisProcessor(algorithm: name) }
        try checkRange(n)
        if let unforcedLimit, n.magnitude > unforcedLimit, !force {
            throw .unforced(algorithm: name, n: n, limit: unforcedLimit)
        }
        let needed = memoryBytes(at: n)
        if let availableBytes, needed > availableBytes {
            throw .memory(algorithm: name, n: n, neededBytes: needed, availableBytes: availableBytes)
        }
    }

    /// The part of `check(_:force:availableBytes:)` that `value(at:)` begins with.
    func checkRange(_ n: Int) throws(FibonacciError) {
        guard n >= 0 || takesNegativeIndices else { throw .negativeIndex(n) }
        if let largestIndex, n.magnitude > largestIndex {
            throw .overflow(algorithm: name, n: n, largest: largestIndex)
        }
    }
}
