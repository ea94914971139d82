import CBaselines
import Fibonacci
import Multiprecision

/// Prints how long the library takes against the same work in C, built and timed in the same run; writes it as CSV to the
/// file that is named as an argument, if there is one.
@main
enum FibonacciRatios {
    private static let pairs = 41

    static func main() throws {
        print("ours against C, interleaved pairs; ratio = median of the pairs' ratios, with its 95 % interval\n")
        var table = RatioTable()
        try compareWords(&table)
        try compareIntegers(&table)
        try compareTexts(&table)
        if let path = CommandLine.arguments.dropFirst().first { try table.write(to: path) }
    }

    private static func compareWords(_ table: inout RatioTable) throws {
        let calls = 20_000
        let timing = try PairedTiming(pairs: pairs, calls: calls, ours: iterative, baseline: iterativeInC)
        table.add("iterative", 90, baseline: "C loop", pairs: pairs, calls: calls, timing)
    }

    private static func compareIntegers(_ table: inout RatioTable) throws {
        for (n, calls) in [(10_000, 400), (100_000, 20), (1_000_000, 3), (10_000_000, 1), (100_000_000, 1)] {
            let pairs = n > 10_000_000 ? 15 : pairs
            for algorithm in [GMPFibonacci(), GMPDoublingFibonacci(), LucasFibonacci()] as [any FibonacciAlgorithm]
            where (100_000...10_000_000).contains(n) || algorithm.name == "gmp" {
                let timing = try PairedTiming(
                    pairs: pairs, calls: calls, ours: { try time(algorithm, n, calls: $0) },
                    baseline: { gmpInC(n, calls: $0) })
                table.add(algorithm.name, n, baseline: "mpz_fib_ui", pairs: pairs, calls: calls, timing)
            }
        }
    }

    private static func compareTexts(_ table: inout RatioTable) throws {
        for (n, calls) in [(100, 10_000), (1_000, 2_000), (10_000, 200), (100_000, 10), (1_000_000, 1)] {
            let value = try GMPFibonacci().value(at: n).rounded()
            let timing = PairedTiming(
                pairs: pairs, calls: calls, ours: { decimal(value, calls: $0) },
                baseline: { fibq_decimal_nanoseconds(UInt64(n), Int64($0)) })
            table.add("decimal", n, baseline: "mpz_get_str", pairs: pairs, calls: calls, timing)
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
}
