import Fibonacci
import Testing

@Suite struct BinetFloat80FibonacciTests {
    private let algorithm = BinetFloat80Fibonacci()

    #if arch(x86_64)
    @Test func isExactBeyondADouble() throws {
        try expectReference(algorithm, upTo: 75)
    }

    @Test func endsWherePowersEnd() throws {
        let observation = try AccuracyObservation.observing(algorithm, at: 23_599)
        #expect(observation.computed.utf8.count == 4_932 && observation.absoluteError == .infinity)
        #expect(observation.absoluteErrorText.contains("e+49"))
        #expect(throws: FibonacciError.overflow(algorithm: "binet-float80", n: 23_600, largest: 23_599)) {
            _ = try algorithm.value(at: 23_600)
        }
    }
    #else
    @Test func saysThatTheProcessorLacksIt() {
        #expect(throws: FibonacciError.notOnThisProcessor(algorithm: "binet-float80")) {
            _ = try algorithm.value(at: 10)
        }
    }
    #endif

    @Test func refusesNegativeN() {
        #expect(throws: FibonacciError.negativeIndex(-1)) { _ = try algorithm.value(at: -1) }
    }
}
