import Fibonacci
import Testing

@Suite struct GMPIterativeFibonacciTests {
    private let algorithm = GMPIterativeFibonacci()

    @Test func agreesWithTheReference() throws {
        try expectReference(algorithm, upTo: 100_000)
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
    }

    @Test func isRefusedWhereItTakesTooLong() throws {
        #expect(throws: FibonacciError.unforced(algorithm: "gmp-iterative", n: 2_000_001, limit: 2_000_000)) {
            try algorithm.check(2_000_001, force: false)
        }
        try algorithm.check(2_000_001, force: true)
    }
}
