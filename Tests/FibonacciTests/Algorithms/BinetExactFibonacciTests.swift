import Fibonacci
import Testing

@Suite struct BinetExactFibonacciTests {
    private let algorithm = BinetExactFibonacci()

    @Test func isTheFormulaAndExactToAMillion() throws {
        try expectReference(algorithm)
    }

    @Test func reflectsNegativeN() throws {
        try expectReflection(algorithm)
    }

    @Test func takesNegativeNByTheFormulaItself() throws {
        #expect(try algorithm.value(at: -8).decimal() == "-21")
        #expect(try algorithm.value(at: -1).decimal() == "1")
    }
}
