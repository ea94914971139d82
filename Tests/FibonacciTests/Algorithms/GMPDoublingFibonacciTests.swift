import Fibonacci
import Testing

@Suite struct GMPDoublingFibonacciTests {
    private let algorithm = GMPDoublingFibonacci()

    @Test func agreesWithTheReference() throws {
        try expectReference(algorithm)
    }

    @Test func agreesWithGMPAroundEachPowerOfTwo() throws {
        for exponent in 0...17 {
            for n in (1 << exponent) - 1...(1 << exponent) + 1 {
                let same = try algorithm.value(at: n).decimal() == GMPFibonacci().value(at: n).decimal()
                #expect(same, "n = \(n)")
            }
        }
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
    }

    @Test func refusesWhatIsOutOfRange() throws {
        let largest = try #require(algorithm.largestIndex)
        #expect(throws: FibonacciError.overflow(algorithm: "gmp-doubling", n: .max, largest: largest)) {
            _ = try algorithm.value(at: .max)
        }
        #expect(throws: FibonacciError.overflow(algorithm: "gmp-doubling", n: .min, largest: largest)) {
            _ = try algorithm.value(at: .min)
        }
    }
}
