import Fibonacci
import Multiprecision
import Testing

@Suite struct AccuracyObservationTests {
    @Test func exactAlgorithmsHaveNoError() throws {
        for algorithm in AlgorithmRegistry.all where algorithm.precisionBits == nil {
            for n in [0, 1, 2, 20] {
                let observation = try AccuracyObservation.observing(algorithm, at: n)
                #expect(observation.isExact && observation.computed == observation.exact)
                #expect(observation.absoluteError == 0 && observation.relativeError == 0)
                #expect(observation.ulpError == nil && observation.precisionBits == nil)
                #expect(observation.correctDigits == observation.exact.utf8.count)
            }
        }
    }

    @Test func binetAtItsFirstWrongValue() throws {
        let observation = try AccuracyObservation.observing(BinetFibonacci(), at: 71)
        #expect(observation.algorithm == "binet" && observation.n == 71 && observation.precisionBits == 53)
        #expect(observation.exact == "308061521170129" && observation.computed == "308061521170130")
        #expect(!observation.isExact)
        #expect(observation.correctDigits == 13)
        // A Double of 49 integer bits has 4 behind the point: the error is a whole number of sixteenths.
        #expect(observation.absoluteError >= 0.5 && observation.absoluteError < 1.5)
        #expect(observation.ulpError == observation.absoluteError * 16)
        #expect(observation.relativeError == observation.absoluteError / 308_061_521_170_129)
    }

    @Test func errorsAreOfTheValueBeforeRounding() throws {
        let observation = try AccuracyObservation.observing(BinetFibonacci(), at: 1)
        #expect(observation.isExact && observation.correctDigits == 1)
        // φ / √5 = 0.7236…, and a Double between 1 and 2 has a spacing of 2^−52.
        #expect(abs(observation.absoluteError - 0.276_393_202_250_021) < 1e-15)
        #expect(observation.relativeError == observation.absoluteError)
        #expect(observation.ulpError == observation.absoluteError * 0x1p52)
    }

    /// Doubles that are given bit for bit, and their errors by exact fractions, from a calculation of its own.
    @Test func aDoubleIsJudgedAsAnIndependentCalculationJudgesIt() throws {
        let rows = try ReferenceDouble.all()
        #expect(rows.count == 225 && rows.first { !$0.isExact }?.n == 71)
        for row in rows {
            let seen = AccuracyObservation(of: .real(row.value), from: BinetFibonacci(), at: row.n)
            #expect(seen.computed == row.computed && seen.isExact == row.isExact, "\(row)")
            #expect(seen.ulpError == row.ulpError && seen.relativeError == row.relativeError, "\(row)")
        }
    }

    @Test func zeroHasNoRelativeError() throws {
        let observation = try AccuracyObservation.observing(BinetFibonacci(), at: 0)
        #expect(observation.isExact && observation.correctDigits == 1)
        #expect(abs(observation.absoluteError - 0.447_213_595_499_958) < 1e-15)
        #expect(observation.relativeError == nil && observation.ulpError == nil)
    }

    @Test func binetKeepsItsRelativeErrorSmallToTheEndOfItsRange() throws {
        let observation = try AccuracyObservation.observing(BinetFibonacci(), at: 1474)
        let relativeError = try #require(observation.relativeError)
        #expect(relativeError > 0 && relativeError < 1e-12)
        #expect(observation.correctDigits >= 12)
        #expect(observation.absoluteError.isFinite)
    }

    /// F(1000), a Double that is right to the last bit: half a unit in the last place at most.
    @Test func theNearestDoubleIsWithinHalfAUnit() throws {
        let nearest = try #require(Double(GMPFibonacci().value(at: 1000).decimal()))
        let observation = AccuracyObservation(of: .real(nearest), from: BinetFibonacci(), at: 1000)
        let ulpError = try #require(observation.ulpError)
        #expect(ulpError > 0 && ulpError <= 0.5)
    }

    @Test func aWrongIntegerIsSeen() {
        let observation = AccuracyObservation(of: .machine(99), from: IterativeFibonacci(), at: 12)
        #expect(!observation.isExact && observation.exact == "144" && observation.computed == "99")
        #expect(observation.absoluteError == 45 && observation.relativeError == 0.3125)
        #expect(observation.correctDigits == 0)
        let huge = AccuracyObservation(of: .integer(BigInteger(fibonacci: 1_601)), from: GMPFibonacci(), at: 1_600)
        #expect(huge.absoluteError == .infinity)
        #expect(huge.relativeError.map { abs($0 - 0.618) < 0.001 } == true)
    }

    @Test func anAlgorithmsErrorIsPassedOn() {
        #expect(throws: FibonacciError.overflow(algorithm: "binet", n: 1475, largest: 1474)) {
            try AccuracyObservation.observing(BinetFibonacci(), at: 1475)
        }
    }
}
