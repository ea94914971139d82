import Fibonacci
import Testing

@Suite struct BinetFibonacciTests {
    private let algorithm = BinetFibonacci()

    @Test func isExactUpTo70() throws {
        try expectReference(algorithm, upTo: 70)
    }

    @Test func firstDiffersAt71() throws {
        #expect(try algorithm.value(at: 71).decimal() == "308061521170130")
        #expect(try GMPFibonacci().value(at: 71).decimal() == "308061521170129")
    }

    @Test func givesADoubleAt100() throws {
        #expect(try algorithm.value(at: 100).decimal() == "354224848179263111168")
    }

    @Test func reachesTheLastPowerThatIsADouble() throws {
        #expect(try algorithm.value(at: 1474).decimal().utf8.count == 308)
        #expect(throws: FibonacciError.overflow(algorithm: "binet", n: 1475, largest: 1474)) {
            _ = try algorithm.value(at: 1475)
        }
        #expect(throws: FibonacciError.negativeIndex(-1)) { _ = try algorithm.value(at: -1) }
    }

    @Test func keepsTheValueBeforeItsRounding() throws {
        guard case .real(let value) = try algorithm.value(at: 1) else {
            Issue.record("binet computes in floating point")
            return
        }
        #expect(abs(value - 0.7236) < 0.0001)
    }
}
