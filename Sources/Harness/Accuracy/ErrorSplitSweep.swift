import Fibonacci
package import Multiprecision
package import Reporting

/// The sources of error at each n of a range: the rows of `error_sources.csv`.
package struct ErrorSplitSweep: Sendable {
    private let range: ClosedRange<Int>
    private let precisions: [Int]
    private let roundings: [RoundingMode]

    /// A sweep from `from` to `to`, at each precision and in each mode.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when the range is empty or begins below 1, or when `binet-mpfr` has no such
    ///   n, or when what is not rounded would not fit the memory there is.
    package init(from: Int, to: Int, precisions: [Int], roundings: [RoundingMode]) throws(HarnessError) {
        guard from >= 1, from <= to else {
            throw .usage(
                "the range from \(from) to \(to) is empty or begins below 1: give --from 1 or more, below --to")
        }
        range = from...to
        self.precisions = precisions
        self.roundings = roundings
        let available = try AvailableMemory.bytes()
        for bits in precisions { try Self.check(to, bits, available) }
    }

    /// Splits and emits, precision by precision, mode by mode, n by n.
    package func run(
        _ runID: String, _ work: LongWork = .unattended, emit: (ErrorSourceRow) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        for bits in precisions {
            for mode in roundings {
                for n in range {
                    try work.checkpoint()
                    for row in ErrorSplit(at: n, precisionBits: bits, rounding: mode).rows(runID) { try emit(row) }
                }
            }
        }
    }

    /// What takes the memory is the formula at the bits of the values that are not rounded, some of them at a time.
    private static func check(_ n: Int, _ bits: Int, _ available: Int) throws(HarnessError) {
        do throws(FibonacciError) {
            // First the range, which bounds the bits of F(n).
            try BinetMPFRFibonacci(precisionBits: bits).check(n, force: false)
            let working = ErrorSplit.workingBits(bits, integerBits: requiredPrecision(for: n))
            // A quarter more than the formula alone takes, as measured with 5 · 10^6 bits and with n = 10^7.
            try BinetMPFRFibonacci(precisionBits: working + working / 4)
                .check(n, force: false, availableBytes: available)
        } catch {
            throw .usage("\(error)")
        }
    }
}
