import Fibonacci
import Measurement

/// An algorithm as it is timed: within its range, and `binet-mpfr` with the bits that make it exact at each n.
struct TimedAlgorithm: Sendable {
    let name: String
    /// The last n that it is asked for.
    let limit: Int
    private let fixed: any FibonacciAlgorithm

    /// The algorithm, up to `to` or its own last n, or the last of bearable time.
    init(_ algorithm: any FibonacciAlgorithm, to: Int) {
        name = algorithm.name
        fixed = algorithm
        limit = min(to, algorithm.largestIndex ?? to, algorithm.unforcedLimit ?? to)
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

    /// How many calls at n take 20 µs or more together.
    func batch(at n: Int) throws(HarnessError) -> Int {
        var calls = 1
        while try nanoseconds(at: n, calls: calls) < 20_000 { calls *= 2 }
        return calls
    }
}
