import Fibonacci
import Testing

@Suite struct MatrixFibonacciTests {
    private let algorithm = MatrixFibonacci()

    @Test func agreesWithTheReference() throws {
        try expectReference(algorithm)
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
    }
}
