import Fibonacci
import Multiprecision
import Testing

/// Every exact algorithm against every other: all against `gmp`, which is against the reference elsewhere.
@Suite struct AgreementTests {
    private static let unbounded: [any FibonacciAlgorithm] = [
        GMPDoublingFibonacci(), LucasFibonacci(), MatrixFibonacci(), GMPIterativeFibonacci(), BinetExactFibonacci(),
    ]

    @Test func eachNTo2000() throws {
        let words: [any FibonacciAlgorithm] = [IterativeFibonacci(), MemoizedFibonacci()]
        for n in 0...2_000 {
            let expected = try GMPFibonacci().value(at: n).rounded()
            for algorithm in Self.unbounded + (n <= 93 ? words : []) {
                let agrees = try algorithm.value(at: n).rounded() == expected
                #expect(agrees, "\(algorithm.name), n = \(n)")
            }
        }
    }

    @Test func samplesToAMillion() throws {
        var generator = SeededGenerator()
        for _ in 0..<20 {
            let n = Int.random(in: 2_000...1_000_000, using: &generator)
            let expected = try GMPFibonacci().value(at: n).rounded()
            for algorithm in Self.unbounded where algorithm.name != "gmp-iterative" || n < 200_000 {
                let agrees = try algorithm.value(at: n).rounded() == expected
                #expect(agrees, "\(algorithm.name), n = \(n)")
            }
        }
    }

    /// Eight tasks compute the same numbers with the same values at once.
    @Test func fromAnyThread() async throws {
        let expected = try Self.digits()
        try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 { group.addTask { try Self.digits() } }
            for try await digits in group { #expect(digits == expected) }
        }
    }

    private static func digits() throws -> [String] {
        try AlgorithmRegistry.available.filter { $0.unforcedLimit == nil }.flatMap { algorithm in
            try stride(from: 0, through: 90, by: 3).map { try algorithm.value(at: $0).decimal() }
        }
    }
}
