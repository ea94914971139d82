import Fibonacci
import Multiprecision
import Testing

@Suite struct FibonacciValueTests {
    private static let prime = FibonacciResidue.auditPrime

    @Test func residuesOfExactValuesAreThoseOfTheNumber() throws {
        var generator = SeededGenerator()
        for algorithm in AlgorithmRegistry.all where algorithm.precisionBits == nil && algorithm.unforcedLimit == nil {
            let end = min(algorithm.largestIndex ?? .max, 30_000)
            for _ in 0..<100 {
                let n = Int.random(in: 0...end, using: &generator)
                let residue = try algorithm.value(at: n).residue(modulo: Self.prime)
                #expect(residue == FibonacciResidue.value(at: n, modulo: Self.prime), "\(algorithm.name), n = \(n)")
            }
        }
    }

    /// Over the whole range of Double, with a modulus of every size.
    @Test func residueOfADoubleIsThatOfItsRoundedInteger() {
        var generator = SeededGenerator()
        for _ in 0..<10_000 {
            let sign: FloatingPointSign = Bool.random(using: &generator) ? .plus : .minus
            let magnitude = Double.random(in: 1..<2, using: &generator)
            let value = Double(sign: sign, exponent: .random(in: -3...1023, using: &generator), significand: magnitude)
            let exact = BigInteger(rounding: value)
            let moduli = [
                .random(in: 1..<1 << 63, using: &generator), .random(in: 1...100, using: &generator), Self.prime,
            ]
            for modulus in moduli {
                #expect(
                    FibonacciValue.real(value).residue(modulo: modulus) == exact.residue(modulo: modulus),
                    "value = \(value), modulus = \(modulus)")
            }
        }
    }

    @Test(arguments: [
        (0.5, "1"), (0.4472135954999579, "0"), (-2.5, "-3"), (0x1p63, "9223372036854775808"),
        (0x1p64, "18446744073709551616"), (1e22, "10000000000000000000000"),
    ])
    func decimalOfADoubleIsRounded(value: Double, expected: String) {
        #expect(FibonacciValue.real(value).decimal() == expected)
    }

    @Test func decimalOfIntegers() {
        #expect(FibonacciValue.machine(.max).decimal() == "18446744073709551615")
        #expect(FibonacciValue.integer(BigInteger(fibonacci: 100)).decimal() == "354224848179261915075")
    }

    @Test func refusesAModulusOrAValueThatHasNoResidue() async {
        await #expect(processExitsWith: .failure) { _ = FibonacciValue.machine(1).residue(modulo: 0) }
        await #expect(processExitsWith: .failure) { _ = FibonacciValue.real(1).residue(modulo: 1 << 63) }
        await #expect(processExitsWith: .failure) { _ = FibonacciValue.real(.infinity).residue(modulo: 7) }
    }
}
