import Fibonacci
import Multiprecision
import Testing

@Suite struct FibonacciResidueTests {
    private static let edgeModuli: [UInt64] = [
        1, 2, 3, 10, FibonacciResidue.auditPrime - 1, FibonacciResidue.auditPrime, FibonacciResidue.auditPrime + 1,
        (1 << 63) - 1,
    ]

    @Test(arguments: edgeModuli)
    func agreesWithGMPForEachSmallN(modulus: UInt64) {
        for n in 0...2_000 {
            let expected = BigInteger(fibonacci: UInt64(n)).residue(modulo: modulus)
            #expect(FibonacciResidue.value(at: n, modulo: modulus) == expected, "n = \(n)")
        }
    }

    @Test func agreesWithGMPForRandomNAndModuli() {
        var generator = SeededGenerator()
        for _ in 0..<1_000 {
            let n = Int.random(in: 0...100_000, using: &generator)
            let number = BigInteger(fibonacci: UInt64(n))
            for modulus in [.random(in: 1..<1 << 63, using: &generator), FibonacciResidue.auditPrime] {
                #expect(
                    FibonacciResidue.value(at: n, modulo: modulus) == number.residue(modulo: modulus),
                    "n = \(n), modulus = \(modulus)")
            }
        }
    }

    /// F(m+n) = F(m) F(n+1) + F(m−1) F(n), where no big integer can follow, and for negative n too.
    @Test func additionHoldsForEnormousN() {
        var generator = SeededGenerator()
        for _ in 0..<10_000 {
            let modulus = UInt64.random(in: 1..<1 << 63, using: &generator)
            let (m, n) = (randomIndex(&generator), randomIndex(&generator))
            func residue(_ n: Int) -> UInt64 { FibonacciResidue.value(at: n, modulo: modulus) }
            func product(_ a: UInt64, _ b: UInt64) -> UInt128 { UInt128(a) * UInt128(b) % UInt128(modulus) }
            let sum = product(residue(m), residue(n + 1)) + product(residue(m - 1), residue(n))
            #expect(UInt128(residue(m + n)) == sum % UInt128(modulus), "m = \(m), n = \(n), modulus = \(modulus)")
        }
    }

    private func randomIndex(_ generator: inout SeededGenerator) -> Int {
        .random(in: -(1 << 61)...1 << 61, using: &generator)
    }

    @Test func takesTheEndsOfInt() {
        // The Pisano period of 10 is 60: Int.max is 7 and Int.min is −8 modulo it; F(7) = 13, F(−8) = −21.
        #expect(FibonacciResidue.value(at: .max, modulo: 10) == 3)
        #expect(FibonacciResidue.value(at: .min, modulo: 10) == 9)
    }

    @Test func refusesAModulusOutOfRange() async {
        await #expect(processExitsWith: .failure) { _ = FibonacciResidue.value(at: 1, modulo: 0) }
        await #expect(processExitsWith: .failure) { _ = FibonacciResidue.value(at: 1, modulo: 1 << 63) }
    }
}
