import Fibonacci
import Multiprecision
import Testing

/// What holds for all Fibonacci numbers, tried on the exact algorithms at random n.
@Suite struct IdentityTests {
    private static let exact: [any FibonacciAlgorithm] = AlgorithmRegistry.all.filter {
        $0.precisionBits == nil && $0.unforcedLimit == nil
    }

    /// An algorithm's F(n) as a big integer.
    private func fibonacci(_ algorithm: any FibonacciAlgorithm, _ n: Int) throws -> BigInteger {
        switch try algorithm.value(at: n) {
        case .machine(let value): BigInteger(value)
        case .integer(let value): value
        case .real(let value): BigInteger(rounding: value)
        }
    }

    /// Runs `body` with each exact algorithm at 100 pairs m, n from 1 on, whose sum and doubles it can represent.
    private func forEachPair(
        function: String = #function, _ body: (any FibonacciAlgorithm, Int, Int) throws -> Bool
    ) throws {
        var generator = SeededGenerator(function: function)
        for algorithm in Self.exact {
            let end = min((algorithm.largestIndex ?? .max) / 2 - 1, 5_000)
            for _ in 0..<100 {
                let (m, n) = (Int.random(in: 1...end, using: &generator), Int.random(in: 1...end, using: &generator))
                let holds = try body(algorithm, m, n)
                #expect(holds, "\(algorithm.name), m = \(m), n = \(n)")
            }
        }
    }

    /// F(n) + F(n+1) = F(n+2)
    @Test func recurrence() throws {
        try forEachPair { algorithm, _, n in
            var sum = try fibonacci(algorithm, n)
            sum.add(try fibonacci(algorithm, n + 1))
            return sum == (try fibonacci(algorithm, n + 2))
        }
    }

    /// F(n−1) F(n+1) − F(n)² = (−1)^n
    @Test func cassini() throws {
        try forEachPair { algorithm, _, n in
            var product = try fibonacci(algorithm, n - 1)
            product.multiply(by: try fibonacci(algorithm, n + 1))
            var square = try fibonacci(algorithm, n)
            square.square()
            product.subtract(square)
            return product == BigInteger(n.isMultiple(of: 2) ? 1 : -1)
        }
    }

    /// F(2n) = F(n) (F(n−1) + F(n+1))
    @Test func doubling() throws {
        try forEachPair { algorithm, _, n in
            var value = try fibonacci(algorithm, n - 1)
            value.add(try fibonacci(algorithm, n + 1))
            value.multiply(by: try fibonacci(algorithm, n))
            return value == (try fibonacci(algorithm, 2 * n))
        }
    }

    /// F(m+n) = F(m) F(n+1) + F(m−1) F(n)
    @Test func addition() throws {
        try forEachPair { algorithm, m, n in
            var first = try fibonacci(algorithm, m)
            first.multiply(by: try fibonacci(algorithm, n + 1))
            var second = try fibonacci(algorithm, m - 1)
            second.multiply(by: try fibonacci(algorithm, n))
            first.add(second)
            return first == (try fibonacci(algorithm, m + n))
        }
    }
}
