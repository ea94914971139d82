import Fibonacci

/// What `fibq fib` prints.
package enum SingleNumber {
    /// F(n) in decimal, by the named algorithm.
    ///
    /// - Parameters:
    ///   - precision: bits of the significand, as it was written on the command line; `nil` for the algorithm's own.
    ///   - rounding: name of the rounding mode; `nil` for the algorithm's own.
    ///   - force: allows an n that the algorithm refuses because it would take too long.
    /// - Throws: ``HarnessError/usage(_:)``, also when the number would not fit the memory there is.
    package static func decimal(
        at n: Int, algorithm: String, precision: String?, rounding: String?, force: Bool
    ) throws(HarnessError) -> String {
        let bits = try precision.map { text throws(HarnessError) in try AccuracyLists.precision(text) }
        let mode = try rounding.map { text throws(HarnessError) in try AccuracyLists.roundingMode(text) }
        let available = try AvailableMemory.bytes()
        do throws(FibonacciError) {
            let algorithm = try AlgorithmRegistry.algorithm(named: algorithm, precisionBits: bits, rounding: mode)
            try algorithm.check(n, force: force, availableBytes: available)
            return try algorithm.value(at: n).decimal()
        } catch {
            throw .usage("\(error)")
        }
    }
}
