import Fibonacci
import Harness
import Multiprecision
import Testing

@Suite struct ErrorSplitTests {
    /// All steps as they are: the error that the observation states, with its sign.
    @Test func asItIsAgreesWithTheObservation() throws {
        for n in 1...150 {
            let split = ErrorSplit(at: n, precisionBits: 53, rounding: .nearest)
            let seen = try AccuracyObservation.observing(BinetMPFRFibonacci(), at: n)
            #expect(seen.ulpError == abs(split.error(withExact: nil)), "n = \(n)")
        }
    }

    /// To first order the sources add up to the whole.
    @Test(arguments: [10, 71, 100, 200])
    func sourcesAddUp(n: Int) {
        let split = ErrorSplit(at: n, precisionBits: 53, rounding: .nearest)
        let inner: [ErrorSplit.Source] = [.phi, .sqrt5, .power, .division, .omittedTerm]
        let sum = inner.map { split.errors(of: $0) }.reduce(0) { $0 + $1.asIs - $1.ifExact }
        // Roundings interact: each of the two last may move by one unit in the last place.
        #expect(abs(sum - split.error(withExact: nil)) < 3, "n = \(n)")
    }

    @Test func phiGrowsWithN() {
        func phi(_ n: Int) -> Double {
            let errors = ErrorSplit(at: n, precisionBits: 53, rounding: .nearest).errors(of: .phi)
            return abs(errors.asIs - errors.ifExact)
        }
        #expect(phi(200) > 5 * phi(20))
    }
}
