import Multiprecision
import Testing

@Suite struct BigIntegerTests {
    @Test(arguments: [0, 1, -1, 42, .max, .min] as [Int])
    func holdsSignedIntegers(value: Int) {
        #expect(BigInteger(value).decimal() == String(value))
    }

    @Test(arguments: [0, 1, 1 << 63, .max] as [UInt64])
    func holdsUnsignedIntegers(value: UInt64) {
        #expect(BigInteger(value).decimal() == String(value))
    }

    @Test(arguments: [
        (0.0, "0"), (0.49, "0"), (0.5, "1"), (-0.5, "-1"), (2.5, "3"), (-7.4, "-7"),
        (9_007_199_254_740_993.0, "9007199254740992"),
        (0x1p70, "1180591620717411303424"), (-0x1p70, "-1180591620717411303424"),
    ])
    func roundsDoublesHalfAwayFromZero(value: Double, expected: String) {
        #expect(BigInteger(rounding: value).decimal() == expected)
    }

    @Test func refusesADoubleThatIsNotFinite() async {
        await #expect(processExitsWith: .failure) { _ = BigInteger(rounding: .infinity) }
        await #expect(processExitsWith: .failure) { _ = BigInteger(rounding: .nan) }
    }

    @Test func startsAtZeroWhateverItsCapacity() {
        let (isZero, isOneZero) = (BigInteger(minimumBitCapacity: 100_000).isZero, BigInteger(1 as Int).isZero)
        #expect(isZero && !isOneZero)
    }

    @Test func copiesAreIndependent() {
        var original = BigInteger(7 as Int)
        let copy = original.copy()
        original.add(1)
        #expect(original.decimal() == "8")
        #expect(copy.decimal() == "7")
    }

    @Test(arguments: [0, 1, 2, 63, 64, 65, 1_000])
    func countsBitsAtPowersOfTwo(exponent: Int) {
        var power = BigInteger(-1 as Int)
        power.shiftLeft(by: exponent)
        #expect(power.bitCount == exponent + 1)
        power.add(1)
        #expect(power.bitCount == exponent)
    }

    @Test func comparesByValueAndSign() throws {
        let huge = try number("-100000000000000000000000")
        let small = BigInteger(-5 as Int)
        let same = BigInteger(-5 as Int)
        let isLess = (huge < small, small < huge, small < same)
        #expect(isLess == (true, false, false))
        let isEqual = (small == same, small == huge)
        #expect(isEqual == (true, false))
    }

    @Test func residuesAreNeverNegative() throws {
        let value = try number("-36893488147419103233")  // −(2^65 + 1)
        #expect(value.residue(modulo: 2) == 1)
        #expect(value.residue(modulo: .max) == UInt64.max - 3)  // 2^64 ≡ 1
        #expect(value.residue(modulo: 1) == 0)
    }

    @Test func refusesTheModulusZero() async {
        await #expect(processExitsWith: .failure) { _ = BigInteger(1 as Int).residue(modulo: 0) }
    }
}
