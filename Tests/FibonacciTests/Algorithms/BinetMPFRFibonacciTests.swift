import Fibonacci
import Multiprecision
import Testing

@Suite struct BinetMPFRFibonacciTests {
    private let algorithm = BinetMPFRFibonacci()

    @Test func isADoublesFormulaByDefault() throws {
        #expect(algorithm.precisionBits == 53 && algorithm.rounding == RoundingMode.nearest)
        try expectReference(algorithm, upTo: 70)
        #expect(try algorithm.value(at: 71).decimal() == "308061521170130")
    }

    /// The errors of a calculation that shares nothing with this one: Python's mpmath and exact fractions.
    @Test func errorsAreThoseOfAnIndependentCalculation() throws {
        for row in try ReferenceError.all() {
            let algorithm = BinetMPFRFibonacci(precisionBits: row.precisionBits, rounding: row.rounding)
            let seen = try AccuracyObservation.observing(algorithm, at: row.n)
            #expect(seen.computed == row.computed && seen.isExact == row.isExact, "\(row)")
            #expect(seen.ulpError == row.ulpError, "\(row)")
            #expect(seen.relativeError == row.relativeError, "\(row)")
        }
    }

    @Test(arguments: RoundingMode.allCases)
    func takesTheSmallestPrecision(mode: RoundingMode) throws {
        let coarse = BinetMPFRFibonacci(precisionBits: 2, rounding: mode)
        #expect(try coarse.value(at: 1).decimal() == "1")
        _ = try coarse.value(at: BinetMPFRFibonacci().largestIndex ?? 0)
    }

    @Test func refusesWhatIsOutOfRange() async {
        #expect(throws: FibonacciError.negativeIndex(-1)) { _ = try algorithm.value(at: -1) }
        #expect(throws: FibonacciError.overflow(algorithm: "binet-mpfr", n: 1_000_000_001, largest: 1_000_000_000)) {
            _ = try algorithm.value(at: 1_000_000_001)
        }
        await #expect(processExitsWith: .failure) { _ = BinetMPFRFibonacci(precisionBits: 1) }
    }
}
