import Fibonacci
import Testing

@Suite struct AlgorithmRegistryTests {
    @Test func findsEachAlgorithmByItsName() throws {
        for algorithm in AlgorithmRegistry.all {
            #expect(try AlgorithmRegistry.algorithm(named: algorithm.name).summary == algorithm.summary)
        }
    }

    @Test func namesAreUniqueAndSummariesOneLine() {
        let names = AlgorithmRegistry.all.map(\.name)
        #expect(names == ["recursive", "iterative", "gmp", "gmp-doubling", "binet"])
        #expect(AlgorithmRegistry.all.allSatisfy { !$0.summary.isEmpty && !$0.summary.contains("\n") })
    }

    @Test func anUnknownNameIsAnsweredWithThoseThereAre() {
        let error = #expect(throws: FibonacciError.self) { try AlgorithmRegistry.algorithm(named: "matrix") }
        #expect(
            error?.description
                == "there is no algorithm \"matrix\": choose one of recursive, iterative, gmp, gmp-doubling, binet")
    }

    @Test func errorsSayWhatToDo() {
        #expect(FibonacciError.negativeIndex(-3).description == "n = -3 is negative: give an n from 0 on")
        #expect(
            FibonacciError.overflow(algorithm: "iterative", n: 94, largest: 93).description
                == "iterative cannot represent F(94): its last is F(93); choose a smaller n or another algorithm")
        #expect(
            FibonacciError.unforced(algorithm: "recursive", n: 41, limit: 40).description
                == "recursive would take too long for F(41): it is refused beyond n = 40 unless forced")
    }
}
