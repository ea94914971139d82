import Fibonacci
import Testing

@Suite struct BinetFloatFibonacciTests {
    private let algorithm = BinetFloatFibonacci()

    @Test func isExactForSmallN() throws {
        try expectReference(algorithm, upTo: 20)
    }

    @Test func keepsFewDigits() throws {
        let observation = try AccuracyObservation.observing(algorithm, at: 100)
        #expect(!observation.isExact && observation.precisionBits == 24)
        #expect(observation.relativeError.map { $0 > 1e-9 && $0 < 1e-4 } == true)
    }

    @Test func endsWherePowersEnd() throws {
        guard case .real(let last) = try algorithm.value(at: 184) else {
            Issue.record("binet-float computes in floating point")
            return
        }
        #expect(last > 1e38 && last < 0x1p128 && last == Double(Float(last)))
        #expect(throws: FibonacciError.overflow(algorithm: "binet-float", n: 185, largest: 184)) {
            _ = try algorithm.value(at: 185)
        }
        #expect(throws: FibonacciError.negativeIndex(-1)) { _ = try algorithm.value(at: -1) }
    }
}
