import Fibonacci
import Multiprecision
import Testing

/// What holds for all Fibonacci numbers, tried on the exact algorithms at random n.
@Suite struct IdentityTests {
    private static let exact: [any FibonacciAlgorithm] = AlgorithmRegistry.all.filter {
        $0.precisionBits == nil && $0.name != "recursive"
    }

    /// An algorithm's F(n) as a big integer.
    private func fibonacci(_ algorithm: any FibonacciAlgorithm, _ n: Int) throws -> BigInteger {
        try algorithm.value(at: n).rounded()
    }

    /// Runs `body` with each exact algorithm at 100 pairs m, n from 1 on, whose sum and doubles it can represent.
    private func forEachPair(
        function: String = #function, _ body: (any FibonacciAlgorithm, Int, Int) throws -> Bool
    ) throws {
        var generator = SeededGenerator(function: function)
        for algorithm in Self.exact {
            let end = min((algorithm.largestIndex ?? .max) / 2 - 1, 3_000)
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

    /// F(m) F(n+1) − F(m+1) F(n) = (−1)^n F(m−n), also where m − n is negative
    @Test func dOcagne() throws {
        try forEachPair { algorithm, m, n in
            var first = try fibonacci(algorithm, m)
            first.multiply(by: try fibonacci(algorithm, n + 1))
            var second = try fibonacci(algorithm, m + 1)
            second.multiply(by: try fibonacci(algorithm, n))
            first.subtract(second)
            if !n.isMultiple(of: 2) { first.negate() }
            return first == (try fibonacci(algorithm, m - n))
        }
    }

    /// gcd(F(m), F(n)) = F(gcd(m, n))
    @Test func greatestCommonDivisor() throws {
        try forEachPair { algorithm, m, n in
            var (a, b) = (m, n)
            while b != 0 { (a, b) = (b, a % b) }
            var divisor = BigInteger()
            divisor.setToGreatestCommonDivisor(of: try fibonacci(algorithm, m), try fibonacci(algorithm, n))
            return divisor == (try fibonacci(algorithm, a))
        }
    }

    /// F(n) mod p = F(n mod π(p)) mod p, π(p) being Pisano's period, found by stepping until 0, 1 comes again.
    @Test func pisanoPeriods() throws {
        for prime in [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 89, 97, 101, 199] as [UInt64] {
            var residues: [UInt64] = [0, 1]
            while residues.suffix(2) != [0, 1] || residues.count == 2 {
                residues.append((residues[residues.count - 1] + residues[residues.count - 2]) % prime)
            }
            let period = residues.count - 2
            try forEachPair(function: "pisanoPeriods, \(prime)") { algorithm, m, n in
                let residue = try fibonacci(algorithm, m + n).residue(modulo: prime)
                return residue == residues[(m + n) % period]
            }
        }
    }
}
