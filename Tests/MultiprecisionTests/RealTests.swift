import Multiprecision
import Testing

@Suite struct RealTests {
    @Test(arguments: [0.0, 1, -0.1, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    func holdsDoublesExactlyFrom53Bits(value: Double) {
        #expect(Real(value, precisionBits: 53).doubleValue == value)
    }

    @Test func roundsToNearestAtItsPrecision() {
        #expect(Real(5, precisionBits: 2).doubleValue == 4)  // a tie, to the even significand
        #expect(Real(7, precisionBits: 2).doubleValue == 8)
        #expect(Real(BigInteger(11 as Int), precisionBits: 3).doubleValue == 12)
    }

    @Test func subtractsBelowTheResolutionOfADouble() throws {
        let integer = try number("1000000000000000000000000000001")
        let difference = Real(integer, precisionBits: 200).subtracting(Real(1e30, precisionBits: 200))
        // 1e30 as a Double is 1000000000000000019884624838656.
        #expect(difference.doubleValue == -19_884_624_838_655)
    }

    @Test func dividesAndScales() {
        let third = Real(1, precisionBits: 100).divided(by: Real(3, precisionBits: 100))
        #expect(third.doubleValue == 1.0 / 3.0)
        #expect(third.scaled(byPowerOfTwo: 5).doubleValue == 32.0 / 3.0)
        #expect(third.scaled(byPowerOfTwo: -5).doubleValue == 1.0 / 96.0)
        #expect(third.precisionBits == 100)
    }

    @Test func dividingByZeroGivesWhatIEEE754Gives() {
        let zero = Real(0, precisionBits: 53)
        #expect(Real(1, precisionBits: 53).divided(by: zero).doubleValue == .infinity)
        #expect(zero.divided(by: zero).doubleValue.isNaN)
    }

    @Test func isInfiniteBeyondADouble() {
        #expect(Real(1, precisionBits: 53).scaled(byPowerOfTwo: 5_000).doubleValue == .infinity)
    }

    @Test func refusesAPrecisionOfNoBits() async {
        await #expect(processExitsWith: .failure) { _ = Real(1, precisionBits: 0) }
    }
}
