import Fibonacci
import Foundation
import Multiprecision
import Testing

/// What takes minutes: `make test-slow` runs it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FIBQ_SLOW_TESTS"] != nil))
struct SlowFibonacciTests {
    @Test(arguments: [10_000_000, 49_999_999, 50_000_000, 50_000_001, 100_000_000, 100_000_001])
    func agreeOnLongNumbers(n: Int) throws {
        let expected = BigInteger(fibonacci: UInt64(n))
        let algorithms: [any FibonacciAlgorithm] = [
            GMPFibonacci(), GMPDoublingFibonacci(), LucasFibonacci(), MatrixFibonacci(), BinetExactFibonacci(),
        ]
        for algorithm in algorithms {
            let agrees = try algorithm.value(at: n).rounded() == expected
            #expect(agrees, "\(algorithm.name), n = \(n)")
        }
    }

    /// F(n) mod p repeats after π(p) steps, which divides p − 1, or 2 (p + 1) for p ≡ ±2 mod 5.
    @Test func pisanoPeriodsOfPrimesTo2000() throws {
        for prime in 7..<2_000 as Range<UInt64> where (2..<prime).allSatisfy({ prime % $0 != 0 }) {
            let period = [1, 4].contains(prime % 5) ? prime - 1 : 2 * (prime + 1)
            var generator = SeededGenerator(function: "pisanoPeriodsOfPrimesTo2000, \(prime)")
            for _ in 0..<20 {
                let n = Int.random(in: 0...1_000_000, using: &generator)
                let value = try GMPFibonacci().value(at: n).residue(modulo: prime)
                #expect(value == (try GMPFibonacci().value(at: n % Int(period)).residue(modulo: prime)), "n = \(n)")
            }
        }
    }

    @Test func requiredPrecisionIsEnoughInEachModeTo5000() throws {
        for mode in RoundingMode.allCases {
            for n in 0...5_000 {
                let bits = requiredPrecision(for: n, rounding: mode)
                let expected = BigInteger(fibonacci: UInt64(n))
                let value = try BinetMPFRFibonacci(precisionBits: bits, rounding: mode).value(at: n).rounded()
                let isExact = value == expected
                #expect(isExact, "n = \(n), \(mode)")
            }
        }
    }
}
