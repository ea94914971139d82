import Fibonacci
import Measurement
import Multiprecision
package import Reporting

/// How right each variant is at each n of a range: the rows of `accuracy.csv`.
package struct AccuracySweep: Sendable {
    private let range: ClosedRange<Int>
    private let variants: [AlgorithmVariant]

    /// A sweep from `from` to `to`.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when the range is empty, or when a variant takes no such n in bearable time
    ///   or memory. An n beyond a format is no error: its row has no computed value.
    package init(
        from: Int, to: Int, variants: [AlgorithmVariant], force: Bool
    ) throws(HarnessError) {
        guard from <= to else { throw .usage("the range from \(from) to \(to) is empty: give --from below --to") }
        range = from...to
        self.variants = variants
        let available = try AvailableMemory.bytes()
        for variant in variants {
            for end in [from, to] { try Self.check(variant.algorithm, end, force, available) }
        }
    }

    /// Computes and judges, variant by variant, n by n.
    package func run(
        _ runID: String, _ work: LongWork = .unattended, emit: (AccuracyRow) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        for variant in variants {
            let key = RunKey(runID: runID, cellID: variant.rounding.rawValue, repetition: 1)
            for n in range {
                try work.checkpoint()
                try emit(row(key, variant.algorithm, n))
            }
        }
    }

    private func row(
        _ key: RunKey, _ algorithm: any FibonacciAlgorithm, _ n: Int
    ) throws(HarnessError) -> AccuracyRow {
        do throws(FibonacciError) {
            let began = MonotonicClock.nanoseconds()
            let value = try algorithm.value(at: n)
            let duration = MonotonicClock.nanoseconds() - began
            let seen = AccuracyObservation(of: value, from: algorithm, at: n)
            return AccuracyRow(key: key, seen, durationNanoseconds: duration)
        } catch {
            guard case .overflow = error else { throw .usage("\(error)") }
            return AccuracyRow(
                key: key, n: n, algorithm: algorithm.name, precisionBits: algorithm.precisionBits,
                exact: SHA256Text.shortened(integer: exact(n)), computed: nil, absoluteError: nil, relativeError: nil,
                ulpError: nil, correctDigits: nil, isExact: false, durationNanoseconds: nil)
        }
    }

    private func exact(_ n: Int) -> String {
        // It was checked that gmp takes every n of the range.
        (try? GMPFibonacci().value(at: n).decimal()) ?? ""
    }

    private static func check(
        _ algorithm: any FibonacciAlgorithm, _ n: Int, _ force: Bool, _ available: Int
    ) throws(HarnessError) {
        do throws(FibonacciError) {
            try GMPFibonacci().check(n, force: force, availableBytes: available)
            // Beyond a format's end, its last n is the dearest.
            let end = algorithm.largestIndex.map { n > $0 ? $0 : n < -$0 ? -$0 : n } ?? n
            try algorithm.check(end, force: force, availableBytes: available)
        } catch {
            throw .usage("\(error)")
        }
    }
}
