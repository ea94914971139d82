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

    @Test(arguments: [94, 95, 1_000, .max, -94, .min])
    func refusesWhatDoesNotFit(n: Int) {
        #expect(throws: FibonacciError.overflow(algorithm: "iterative", n: n, largest: 93)) {
            _ = try algorithm.value(at: n)
        }
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
        #expect(try algorithm.value(at: -92).decimal() == "-7540113804746346429")
    }
}
