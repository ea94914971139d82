/// Why there is no Fibonacci number to give.
public enum FibonacciError: Error, Equatable, CustomStringConvertible {
    /// F(n) was asked for a negative n of an algorithm that takes none.
    case negativeIndex(Int)
    /// The algorithm cannot represent F(n); `largest` is the last n for which it can.
    case overflow(algorithm: String, n: Int, largest: Int)
    /// The algorithm could, but would take too long; `limit` is the last n that it computes without being forced.
    case unforced(algorithm: String, n: Int, limit: Int)
    /// The algorithm could, but would take more memory than there is.
    case memory(algorithm: String, n: Int, neededBytes: Int, availableBytes: Int)
    /// No algorithm has that name; `known` are those that there are.
    case unknownAlgorithm(name: String, known: [String])
    /// The algorithm computes in one format only; `adjustable` is the one that takes a precision and a rounding mode.
    case fixedFormat(algorithm: String, adjustable: String)
    /// A significand of so few bits cannot be computed with.
    case precision(bits: Int, smallest: Int)
    /// The processor lacks the format that the algorithm computes in.
    case notOnThisProcessor(algorithm: String)

    /// One line that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .negativeIndex(let n):
            "n = \(n) is negative: give an n from 0 on"
        case .overflow(let algorithm, let n, let largest):
            "\(algorithm) cannot represent F(\(n)): its last is F(\(largest)); choose a smaller n or another algorithm"
        case .unforced(let algorithm, let n, let limit):
            "\(algorithm) would take too long for F(\(n)): it is refused beyond n = \(limit) unless forced"
        case .memory(let algorithm, let n, let needed, let available):
            "\(algorithm) would take about \(Self.mebibytes(needed)) MiB of memory for F(\(n)), and there are "
                + "\(Self.mebibytes(available)) MiB: choose a smaller n"
        case .unknownAlgorithm(let name, let known):
            "there is no algorithm \"\(name)\": choose one of \(known.joined(separator: ", "))"
        case .fixedFormat(let algorithm, let adjustable):
            "\(algorithm) has one format only: a precision and a rounding mode are for \(adjustable)"
        case .precision(let bits, let smallest):
            "a precision of \(bits) bits is too small: give \(smallest) or more"
        case .notOnThisProcessor(let algorithm):
            "\(algorithm) is not on this processor: it needs the 80-bit format of x86_64; use binet-mpfr with 64 bits"
        }
    }

    private static func mebibytes(_ bytes: Int) -> Int { bytes >> 20 }
}
