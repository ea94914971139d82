import Fibonacci
import Measurement

/// An algorithm as it is timed: within its range, and `binet-mpfr` with the bits that make it exact at each n.
struct TimedAlgorithm: Sendable {
    let name: String
    /// The last n that it is asked for.
    let limit: Int
    private let fixed: any FibonacciAlgorithm

    /// Some calls, and how long they took together.
    struct Batch {
        let calls: Int
        let nanoseconds: UInt64

        /// A call's share.
        var nanosecondsPerCall: Double { Double(nanoseconds) / Double(calls) }
    }

    /// The algorithm, up to `to` or its own last n.
    init(_ algorithm: any FibonacciAlgorithm, to: Int) {
        name = algorithm.name
        fixed = algorithm
        limit = min(to, algorithm.largestIndex ?? to)
    }

    /// Whether what it gives is F(n) itself at each n that it is asked for.
    var isExact: Bool { fixed.precisionBits == nil || fixed is BinetMPFRFibonacci }

    /// The algorithm for one n.
    func algorithm(at n: Int) -> any FibonacciAlgorithm {
        fixed is BinetMPFRFibonacci ? BinetMPFRFibonacci(precisionBits: requiredPrecision(for: n)) : fixed
    }

    /// Nanoseconds of `calls` calls at n.
    func nanoseconds(at n: Int, calls: Int) throws(HarnessError) -> UInt64 {
        let algorithm = algorithm(at: n)
        do throws(FibonacciError) {
            let began = MonotonicClock.nanoseconds()
            for _ in 0..<calls { _ = try algorithm.value(at: n) }
            return MonotonicClock.nanoseconds() - began
        } catch {
            throw .usage("\(error)")
        }
    }

    /// So many calls at n that they take 20 µs or more together.
    func batch(at n: Int) throws(HarnessError) -> Batch {
        var calls = 1
        while true {
            let nanoseconds = try nanoseconds(at: n, calls: calls)
            if nanoseconds >= 20_000 { return Batch(calls: calls, nanoseconds: nanoseconds) }
            calls *= 2
        }
    }
}
