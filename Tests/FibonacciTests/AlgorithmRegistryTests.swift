import Fibonacci
import Multiprecision
import Testing

@Suite struct AlgorithmRegistryTests {
    private static let names = [
        "recursive", "memoized", "iterative", "gmp-iterative", "matrix", "gmp-doubling", "lucas", "gmp", "binet",
        "binet-powi", "binet-repeated", "binet-float", "binet-float80", "binet-mpfr", "binet-exact",
    ]

    @Test func findsEachAlgorithmByItsName() throws {
        for algorithm in AlgorithmRegistry.all {
            #expect(try AlgorithmRegistry.algorithm(named: algorithm.name).summary == algorithm.summary)
        }
    }

    @Test func namesAreUniqueAndSummariesOneLine() {
        let names = AlgorithmRegistry.all.map(\.name)
        #expect(names == Self.names)
        #expect(AlgorithmRegistry.all.allSatisfy { !$0.summary.isEmpty && !$0.summary.contains("\n") })
    }

    @Test func anUnknownNameIsAnsweredWithThoseThereAre() {
        let error = #expect(throws: FibonacciError.self) { try AlgorithmRegistry.algorithm(named: "magic") }
        let names = Self.names.joined(separator: ", ")
        #expect(error?.description == "there is no algorithm \"magic\": choose one of \(names)")
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

    @Test func onlyOneTakesAPrecision() throws {
        let made = try AlgorithmRegistry.algorithm(named: "binet-mpfr", precisionBits: 24, rounding: .up)
        #expect(made.precisionBits == 24 && (made as? BinetMPFRFibonacci)?.rounding == .up)
        #expect(try AlgorithmRegistry.algorithm(named: "gmp", precisionBits: nil, rounding: nil).name == "gmp")
        #expect(throws: FibonacciError.fixedFormat(algorithm: "binet", adjustable: "binet-mpfr")) {
            try AlgorithmRegistry.algorithm(named: "binet", precisionBits: 24, rounding: nil)
        }
        #expect(throws: FibonacciError.precision(bits: 1, smallest: 2)) {
            try AlgorithmRegistry.algorithm(named: "binet-mpfr", precisionBits: 1, rounding: nil)
        }
    }
}
