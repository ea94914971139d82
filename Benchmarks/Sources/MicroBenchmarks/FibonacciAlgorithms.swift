import Fibonacci

extension MicroBenchmark {
    /// F(n) by each algorithm that this processor can run, and its residue, as a worker computes them.
    static var fibonacciAlgorithms: [MicroBenchmark] {
        AlgorithmRegistry.available.map { algorithm in
            let (n, iterations) = size(for: algorithm)
            return MicroBenchmark(name: "fibonacci-\(algorithm.name)-\(n)", iterations: iterations) { iterations in
                for _ in 0..<iterations {
                    consume(try algorithm.value(at: hidden(n)).residue(modulo: FibonacciResidue.auditPrime))
                }
            }
        }
    }

    /// Where the algorithm is used: small numbers for the one that takes exponential time, the greatest of the usual
    /// tasks for all that end with their format, great ones for the others.
    private static func size(for algorithm: any FibonacciAlgorithm) -> (n: Int, iterations: Int) {
        if algorithm.name == RecursiveFibonacci().name { return (20, 100) }
        let isUnbounded = (algorithm.largestIndex ?? .max) > 1_000_000
        return isUnbounded ? (10_000, 200) : (90, 20_000)
    }
}
