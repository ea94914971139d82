import Multiprecision
import Testing

@Suite struct RealRoundingTests {
    private let values: [(mode: RoundingMode, up: Double, down: Double)] = [
        (.nearest, 8, -8), (.zero, 6, -6), (.up, 8, -6), (.down, 6, -8), (.away, 8, -8),
    ]

    /// 7 has three bits; two hold 6 and 8, and 7 is a tie that goes to 8, whose significand is even.
    @Test func eachModeChoosesItsNeighbour() {
        for (mode, up, down) in values {
            #expect(Real(7, precisionBits: 2, rounding: mode).doubleValue == up)
            #expect(Real(-7, precisionBits: 2, rounding: mode).doubleValue == down)
            #expect(Real(BigInteger(7 as Int), precisionBits: 2, rounding: mode).doubleValue == up)
            #expect(Real(7, precisionBits: 9).rounded(toPrecisionBits: 2, rounding: mode).doubleValue == up)
        }
    }

    @Test func rootsPowersAndSumsAreCorrectlyRounded() {
        #expect(Real(squareRootOf: 5, precisionBits: 53).doubleValue == 5.0.squareRoot())
        #expect(Real(squareRootOf: 5, precisionBits: 53, rounding: .down).doubleValue == 5.0.squareRoot().nextDown)
        #expect(Real(3, precisionBits: 53).raised(to: 33).doubleValue == 5_559_060_566_555_523)
        #expect(Real(3, precisionBits: 2).raised(to: 3, rounding: .down).doubleValue == 24)
        #expect(Real(0x1p53, precisionBits: 53).addingOne(rounding: .up).doubleValue == 0x1p53 + 2)
    }

    @Test func writesItsMagnitude() {
        let huge = Real(3, precisionBits: 53).raised(to: 1_000)
        #expect(huge.magnitudeText(significantDigits: 5) == "1.3221e+477")
        #expect(Real(-0.0625, precisionBits: 53).magnitudeText(significantDigits: 3) == "6.25e-2")
        #expect(Real(0, precisionBits: 53).magnitudeText(significantDigits: 3) == "0")
    }

    @Test(arguments: [(0.5, "1"), (-0.5, "-1"), (2.5, "3"), (0.49, "0"), (1e22, "10000000000000000000000")])
    func nearestIntegerGoesAwayFromZero(value: Double, expected: String) {
        #expect(BigInteger(rounding: Real(value, precisionBits: 53)).decimal() == expected)
    }

    @Test func powersEndWhereExponentsEnd() async {
        let isFinite = Real(2, precisionBits: 2).raised(to: (1 << 30) - 1).isFinite
        #expect(!isFinite)
        await #expect(processExitsWith: .failure) {
            _ = BigInteger(rounding: Real(1, precisionBits: 2).divided(by: Real(0, precisionBits: 2)))
        }
    }
}
