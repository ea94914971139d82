import CBaselines
import Fibonacci
import Multiprecision

/// Prints how long the library takes against the same work in C, built and timed in the same run.
@main
enum FibonacciRatios {
    static func main() throws {
        print("ours against C, interleaved pairs; ratio = median of the pairs' ratios, with its 95 % interval\n")
        try report("iterative n=90 / C loop -O2", calls: 20_000, ours: iterative, baseline: iterativeInC)
        for (n, calls) in [(10_000, 400), (100_000, 20), (1_000_000, 3), (10_000_000, 1), (100_000_000, 1)] {
            for algorithm in [GMPFibonacci(), GMPDoublingFibonacci(), LucasFibonacci()] as [any FibonacciAlgorithm]
            where (100_000...10_000_000).contains(n) || algorithm.name == "gmp" {
                try report(
                    "\(algorithm.name) n=\(n) / mpz_fib_ui", pairs: n > 10_000_000 ? 15 : 41, calls: calls,
                    ours: { try time(algorithm, n, calls: $0) }, baseline: { gmpInC(n, calls: $0) })
            }
        }
        for (n, calls) in [(1_000, 2_000), (10_000, 200), (100_000, 10), (1_000_000, 1)] {
            let value = try GMPFibonacci().value(at: n).rounded()
            try report(
                "decimal n=\(n) / mpz_get_str", calls: calls,
                ours: { decimal(value, calls: $0) },
                baseline: { fibq_decimal_nanoseconds(UInt64(n), Int64($0)) })
        }
    }

    private static func decimal(_ value: borrowing BigInteger, calls: Int) -> UInt64 {
        var digits = 0
        let began = fibq_now()
        for _ in 0..<calls { digits &+= value.decimal().utf8.count }
        let time = fibq_now() - began
        precondition(digits > 0)
        return time
    }

    private static func report(
        _ name: String, pairs: Int = 41, calls: Int, ours: (Int) throws -> UInt64, baseline: (Int) -> UInt64
    ) throws {
        let timing = try PairedTiming(pairs: pairs, calls: calls, ours: ours, baseline: baseline)
        print(
            name.padded(36), text(timing.ours).padded(16), text(timing.baseline).padded(16),
            "ratio \(round3(timing.ratio))  [\(round3(timing.interval.lowerBound)), \(round3(timing.interval.upperBound))]"
        )
    }

    private static func iterative(calls: Int) throws -> UInt64 {
        var sum: UInt64 = 0
        let began = fibq_now()
        for _ in 0..<calls {
            guard case .machine(let value) = try IterativeFibonacci().value(at: Int(fibq_opaque(90))) else {
                preconditionFailure("iterative computes in machine words")
            }
            sum &+= value
        }
        let time = fibq_now() - began
        precondition(sum != 0)
        return time
    }

    private static func iterativeInC(calls: Int) -> UInt64 {
        let began = fibq_now()
        let sum = fibq_iterative_calls(90, Int64(calls))
        let time = fibq_now() - began
        precondition(sum != 0)
        return time
    }

    private static func time(_ algorithm: any FibonacciAlgorithm, _ n: Int, calls: Int) throws -> UInt64 {
        let began = fibq_now()
        for _ in 0..<calls { _ = try algorithm.value(at: n) }
        return fibq_now() - began
    }

    private static func gmpInC(_ n: Int, calls: Int) -> UInt64 {
        let began = fibq_now()
        fibq_gmp_calls(UInt64(n), Int64(calls))
        return fibq_now() - began
    }

    private static func text(_ nanoseconds: Double) -> String {
        nanoseconds < 1_000 ? "\(round3(nanoseconds)) ns" : "\(round3(nanoseconds / 1_000)) µs"
    }

    private static func round3(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
