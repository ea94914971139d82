import Fibonacci
import Testing

@Suite struct BinetRepeatedFibonacciTests {
    private let algorithm = BinetRepeatedFibonacci()

    @Test func isExactUpTo70() throws {
        try expectReference(algorithm, upTo: 70)
        #expect(try !AccuracyObservation.observing(algorithm, at: 71).isExact)
    }

    @Test func endsWherePowersEnd() throws {
        #expect(try algorithm.value(at: 1474).decimal().utf8.count == 308)
        #expect(throws: FibonacciError.overflow(algorithm: "binet-repeated", n: 1475, largest: 1474)) {
            _ = try algorithm.value(at: 1475)
        }
        #expect(throws: FibonacciError.negativeIndex(-1)) { _ = try algorithm.value(at: -1) }
    }
}
