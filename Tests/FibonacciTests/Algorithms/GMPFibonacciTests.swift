import Fibonacci
import Multiprecision
import Testing

@Suite struct GMPFibonacciTests {
    private let algorithm = GMPFibonacci()

    @Test func agreesWithTheReference() throws {
        try expectReference(algorithm)
    }

    @Test func refusesWhatGMPWouldEndTheProcessFor() throws {
        let largest = try #require(algorithm.largestIndex)
        #expect(throws: FibonacciError.overflow(algorithm: "gmp", n: .max, largest: largest)) {
            _ = try algorithm.value(at: .max)
        }
        // At 0.71875 bits for each n, and two words to spare, which is what GMP itself reserves.
        #expect(largest / 32 * 23 + 128 <= BigInteger.maximumBitCount)
        #expect(largest > 190_000_000_000)
    }

    @Test func refusesNegativeN() {
        #expect(throws: FibonacciError.negativeIndex(-1)) { _ = try algorithm.value(at: -1) }
    }
}
