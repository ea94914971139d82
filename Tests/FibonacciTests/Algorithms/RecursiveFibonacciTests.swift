import Fibonacci
import Testing

@Suite struct RecursiveFibonacciTests {
    private let algorithm = RecursiveFibonacci()

    @Test func agreesWithTheReferenceForSmallN() throws {
        try expectReference(algorithm, upTo: 30)
    }

    @Test func isRefusedBeyondItsLimitUnlessForced() throws {
        try algorithm.check(40, force: false)
        #expect(throws: FibonacciError.unforced(algorithm: "recursive", n: 41, limit: 40)) {
            try algorithm.check(41, force: false)
        }
        try algorithm.check(41, force: true)
    }

    @Test func forceDoesNotExtendTheRange() {
        #expect(throws: FibonacciError.overflow(algorithm: "recursive", n: 94, largest: 93)) {
            try algorithm.check(94, force: true)
        }
        #expect(throws: FibonacciError.unforced(algorithm: "recursive", n: -41, limit: 40)) {
            try algorithm.check(-41, force: false)
        }
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm, upTo: 25)
    }

    @Test func computesBeyondItsLimitWhenAskedDirectly() throws {
        #expect(try algorithm.value(at: 41).decimal() == "165580141")
    }
}
