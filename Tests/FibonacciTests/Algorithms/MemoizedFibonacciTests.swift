import Fibonacci
import Testing

@Suite struct MemoizedFibonacciTests {
    private let algorithm = MemoizedFibonacci()

    @Test func agreesWithTheReference() throws {
        try expectReference(algorithm)
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
    }

    @Test(arguments: [94, .max, -94, .min])
    func refusesWhatDoesNotFit(n: Int) {
        #expect(throws: FibonacciError.overflow(algorithm: "memoized", n: n, largest: 93)) {
            _ = try algorithm.value(at: n)
        }
    }
}
