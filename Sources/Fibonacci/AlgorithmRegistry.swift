/// The algorithms there are. A new one is a file in `Algorithms` and a line here.
public enum AlgorithmRegistry {
    /// All algorithms, from the plainest to the fastest.
    public static let all: [any FibonacciAlgorithm] = [
        RecursiveFibonacci(),
        IterativeFibonacci(),
        GMPFibonacci(),
        GMPDoublingFibonacci(),
        BinetFibonacci(),
    ]

    /// The algorithm of that name; throws `unknownAlgorithm`, which lists the names there are.
    public static func algorithm(named name: String) throws(FibonacciError) -> any FibonacciAlgorithm {
        guard let algorithm = all.first(where: { $0.name == name }) else {
            throw .unknownAlgorithm(name: name, known: all.map(\.name))
        }
        return algorithm
    }
}
