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

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
    }

    @Test func saysHowMuchMemoryItWouldTake() throws {
        let error = #expect(throws: FibonacciError.self) {
            try algorithm.check(100_000_000_000, force: true, availableBytes: 1 << 34)
        }
        #expect(
            error?.description
                == "gmp would take about 85830 MiB of memory for F(100000000000), and there are 16384 MiB: "
                + "choose a smaller n")
        try algorithm.check(10_000_000, force: false, availableBytes: 1 << 34)
    }
}
