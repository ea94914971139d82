import Fibonacci
import Testing

@Suite struct BinetPowiFibonacciTests {
    private let algorithm = BinetPowiFibonacci()

    @Test func isExactUpTo75() throws {
        try expectReference(algorithm, upTo: 75)
    }

    @Test func firstDiffersAt76() throws {
        #expect(try !AccuracyObservation.observing(algorithm, at: 76).isExact)
    }

    @Test func endsWherePowersEnd() throws {
        #expect(try algorithm.value(at: 1474).decimal().utf8.count == 308)
        #expect(throws: FibonacciError.overflow(algorithm: "binet-powi", n: 1475, largest: 1474)) {
            _ = try algorithm.value(at: 1475)
        }
        #expect(throws: FibonacciError.negativeIndex(-1)) { _ = try algorithm.value(at: -1) }
    }
}
