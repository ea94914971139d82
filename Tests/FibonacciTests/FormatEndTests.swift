import Fibonacci
import Foundation
import Testing

/// Where the closed formula's formats end: the last n of each algorithm has a finite power, and the next one has not.
@Suite struct FormatEndTests {
    private let root = 5.0.squareRoot()

    @Test func doublePowersEndAt1475() throws {
        let ratio = (1 + root) / 2
        #expect(pow(ratio, 1_474).isFinite && pow(ratio, 1_475) == .infinity)
        #expect(BinetFibonacci().largestIndex == 1_474)
    }

    @Test func squaringEndsAt1475() {
        #expect(bySquaring(1_474).isFinite && bySquaring(1_475) == .infinity)
        #expect(BinetPowiFibonacci().largestIndex == 1_474)
    }

    @Test func repeatedMultiplicationEndsAt1475() {
        let ratio = (1 + root) / 2
        let last = (0..<1_474).reduce(1.0) { power, _ in power * ratio }
        #expect(last.isFinite && last * ratio == .infinity)
        #expect(BinetRepeatedFibonacci().largestIndex == 1_474)
    }

    @Test func floatPowersEndAt185() {
        let ratio = (1 + Float(5).squareRoot()) / 2
        #expect(powf(ratio, 184).isFinite && powf(ratio, 185) == .infinity)
        #expect(BinetFloatFibonacci().largestIndex == 184)
    }

    #if arch(x86_64)
    @Test func float80PowersEndAt23600() {
        let ratio = (1 + Float80(5).squareRoot()) / 2
        #expect(powl(ratio, 23_599).isFinite && powl(ratio, 23_600) == .infinity)
        #expect(BinetFloat80Fibonacci().largestIndex == 23_599)
    }
    #endif

    /// What `binet-powi` gives at its last n is finite, so every step on the way was.
    @Test func theLastValuesAreFinite() throws {
        for algorithm in AlgorithmRegistry.closedFormulas where algorithm.name != "binet-mpfr" {
            let last = try #require(algorithm.largestIndex)
            #expect(try AccuracyObservation.observing(algorithm, at: last).correctDigits > 3, "\(algorithm.name)")
            #expect(throws: FibonacciError.self) { _ = try algorithm.value(at: last + 1) }
        }
    }

    /// Binary exponentiation from the top bit down, written again.
    private func bySquaring(_ n: Int) -> Double {
        let ratio = (1 + root) / 2
        return String(n, radix: 2).reduce(1.0) { power, bit in power * power * (bit == "1" ? ratio : 1) }
    }
}
