import Fibonacci
import Multiprecision
import Testing

@Suite struct RequiredPrecisionTests {
    /// The proof, tried on each n.
    @Test func isEnoughForEachNTo20000() throws {
        var current = BigInteger()
        var next = BigInteger(1 as UInt64)
        for n in 0...20_000 {
            let algorithm = BinetMPFRFibonacci(precisionBits: requiredPrecision(for: n))
            let isExact = try algorithm.value(at: n).rounded() == current
            #expect(isExact, "n = \(n)")
            current.add(next)
            swap(&current, &next)
        }
    }

    @Test(arguments: RoundingMode.allCases)
    func isEnoughInEachMode(mode: RoundingMode) throws {
        for n in [0...200, 995...1_005, 4_090...4_100].joined() {
            let algorithm = BinetMPFRFibonacci(precisionBits: requiredPrecision(for: n, rounding: mode), rounding: mode)
            #expect(try AccuracyObservation.observing(algorithm, at: n).isExact, "n = \(n)")
        }
    }

    @Test func isEnoughForSamplesToAMillion() throws {
        var generator = SeededGenerator()
        let samples = (0..<12).map { _ in Int.random(in: 20_000...1_000_000, using: &generator) }
        for n in samples + [999_999, 1_000_000] {
            let algorithm = BinetMPFRFibonacci(precisionBits: requiredPrecision(for: n))
            let expected = try GMPFibonacci().value(at: n).rounded()
            let isExact = try algorithm.value(at: n).rounded() == expected
            #expect(isExact, "n = \(n)")
        }
    }

    @Test func isTheFormulaOfTheProof() {
        #expect((0...5).map { requiredPrecision(for: $0) } == [8, 8, 8, 8, 8, 8])
        #expect(requiredPrecision(for: 6) == 9 && requiredPrecision(for: 6, rounding: .away) == 10)
        #expect(requiredPrecision(for: 64) == 53 && requiredPrecision(for: 65) == 54)
        #expect(requiredPrecision(for: 1_000_000) == 694_242 + 20 + 1)
    }

    @Test(arguments: RoundingMode.allCases)
    func limitInvertsIt(mode: RoundingMode) throws {
        #expect(provenExactLimit(precisionBits: requiredPrecision(for: 0, rounding: mode) - 1, rounding: mode) == nil)
        for bits in [10, 11, 24, 53, 64, 113, 237, 4_096, 100_000] {
            let limit = try #require(provenExactLimit(precisionBits: bits, rounding: mode))
            #expect(requiredPrecision(for: limit, rounding: mode) <= bits)
            #expect(requiredPrecision(for: limit + 1, rounding: mode) > bits)
        }
    }

    /// Every F(n) that fits so many bits, by looking: none lies beyond the bound.
    @Test(arguments: [2, 8, 24, 53, 113])
    func boundOfTheSignificandIsNotTooEarly(bits: Int) {
        for n in 1...1_000 {
            let number = BigInteger(fibonacci: UInt64(n))
            let fits = number.bitCount - number.trailingZeroBitCount <= bits
            #expect(!fits || !isBeyondSignificand(ofBits: bits, n), "n = \(n)")
        }
        #expect(isBeyondSignificand(ofBits: bits, 2 * bits + 40))
    }

    @Test func refusesNOutOfRange() async {
        await #expect(processExitsWith: .failure) { _ = requiredPrecision(for: -1) }
        await #expect(processExitsWith: .failure) { _ = requiredPrecision(for: 1_000_000_001) }
    }
}
