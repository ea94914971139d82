/// Why there is no Fibonacci number to give.
public enum FibonacciError: Error, Equatable, CustomStringConvertible {
    /// F(n) was asked for a negative n.
    case negativeIndex(Int)
    /// The algorithm cannot represent F(n); `largest` is the last n for which it can.
    case overflow(algorithm: String, n: Int, largest: Int)
    /// The algorithm could, but would take too long; `limit` is the last n that it computes without being forced.
    case unforced(algorithm: String, n: Int, limit: Int)
    /// No algorithm has that name; `known` are those that there are.
    case unknownAlgorithm(name: String, known: [String])

    /// One line that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .negativeIndex(let n):
            "n = \(n) is negative: give an n from 0 on"
        case .overflow(let algorithm, let n, let largest):
            "\(algorithm) cannot represent F(\(n)): its last is F(\(largest)); choose a smaller n or another algorithm"
        case .unforced(let algorithm, let n, let limit):
            "\(algorithm) would take too long for F(\(n)): it is refused beyond n = \(limit) unless forced"
        case .unknownAlgorithm(let name, let known):
            "there is no algorithm \"\(name)\": choose one of \(known.joined(separator: ", "))"
        }
    }
}
