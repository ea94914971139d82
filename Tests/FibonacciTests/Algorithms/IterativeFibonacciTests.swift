import Fibonacci
import Testing

@Suite struct IterativeFibonacciTests {
    private let algorithm = IterativeFibonacci()

    @Test func agreesWithTheReference() throws {
        try expectReference(algorithm)
    }

    @Test func reachesTheLastNumberThatFits() throws {
        #expect(try algorithm.value(at: 93).decimal() == "12200160415121876738")
    }

    @Test(arguments: [94, 95, 1_000, .max])
    func refusesWhatDoesNotFit(n: Int) {
        #expect(throws: FibonacciError.overflow(algorithm: "iterative", n: n, largest: 93)) {
            _ = try algorithm.value(at: n)
        }
    }

    @Test(arguments: [-1, .min])
    func refusesNegativeN(n: Int) {
        #expect(throws: FibonacciError.negativeIndex(n)) { _ = try algorithm.value(at: n) }
    }
}
