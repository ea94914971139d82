public import Multiprecision

/// The algorithms there are. A new one is a file in `Algorithms` and a line here.
public enum AlgorithmRegistry {
    /// All algorithms, from the plainest to the fastest, then the closed formula in its many forms.
    public static let all: [any FibonacciAlgorithm] = [
        RecursiveFibonacci(),
        MemoizedFibonacci(),
        IterativeFibonacci(),
        GMPIterativeFibonacci(),
        MatrixFibonacci(),
        GMPDoublingFibonacci(),
        LucasFibonacci(),
        GMPFibonacci(),
        BinetFibonacci(),
        BinetPowiFibonacci(),
        BinetRepeatedFibonacci(),
        BinetFloatFibonacci(),
        BinetFloat80Fibonacci(),
        BinetMPFRFibonacci(),
        BinetExactFibonacci(),
    ]

    /// Those of them that this processor has the format for.
    public static var available: [any FibonacciAlgorithm] { all.filter(\.isAvailable) }

    /// Those that round: the closed formula in every format there is.
    public static var closedFormulas: [any FibonacciAlgorithm] { available.filter { $0.precisionBits != nil } }

    /// The algorithm of that name; throws `unknownAlgorithm`, which lists the names there are.
    public static func algorithm(named name: String) throws(FibonacciError) -> any FibonacciAlgorithm {
        guard let algorithm = all.first(where: { $0.name == name }) else {
            throw .unknownAlgorithm(name: name, known: all.map(\.name))
        }
        return algorithm
    }

    /// The algorithm of that name at a precision and in a rounding mode, nil standing for its own.
    ///
    /// Throws `unknownAlgorithm`, `fixedFormat` for one that has no choice of them, or `precision` for less than
    /// `BinetMPFRFibonacci.smallestPrecisionBits`.
    public static func algorithm(
        named name: String, precisionBits: Int?, rounding: RoundingMode?
    ) throws(FibonacciError) -> any FibonacciAlgorithm {
        let algorithm = try algorithm(named: name)
        if precisionBits == nil && rounding == nil { return algorithm }
        guard let adjustable = algorithm as? BinetMPFRFibonacci else {
            throw .fixedFormat(algorithm: name, adjustable: BinetMPFRFibonacci().name)
        }
        return try BinetMPFRFibonacci(
            checkingPrecisionBits: precisionBits ?? adjustable.significandBits,
            rounding: rounding ?? adjustable.rounding)
    }
}
