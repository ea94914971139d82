import Fibonacci
import Multiprecision
import Testing

@Suite struct LucasFibonacciTests {
    private let algorithm = LucasFibonacci()

    @Test func agreesWithTheReference() throws {
        try expectReference(algorithm)
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
    }

    @Test func agreesWithGMPAroundEachPowerOfTwo() throws {
        for exponent in 0...17 {
            for n in (1 << exponent) - 1...(1 << exponent) + 1 {
                let expected = try GMPFibonacci().value(at: n).rounded()
                let same = try algorithm.value(at: n).rounded() == expected
                #expect(same, "n = \(n)")
            }
        }
    }
}
