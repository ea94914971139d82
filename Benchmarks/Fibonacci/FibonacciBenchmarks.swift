import Benchmark
import Fibonacci
import Multiprecision

/// Time and memory of each algorithm where it is used, for comparing one state of the library with another.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(1))

    let words: [any FibonacciAlgorithm] = [
        IterativeFibonacci(), MemoizedFibonacci(), BinetFibonacci(), BinetPowiFibonacci(), BinetRepeatedFibonacci(),
    ]
    let unbounded: [any FibonacciAlgorithm] = [
        GMPFibonacci(), GMPDoublingFibonacci(), LucasFibonacci(), MatrixFibonacci(), BinetExactFibonacci(),
    ]
    for algorithm in words {
        Benchmark("\(algorithm.name) 90", configuration: .init(scalingFactor: .kilo)) { benchmark in
            for _ in benchmark.scaledIterations { blackHole(try algorithm.value(at: hidden(90)).residue(modulo: 97)) }
        }
    }
    for algorithm in unbounded {
        for n in [10_000, 100_000, 1_000_000] {
            Benchmark("\(algorithm.name) \(n)") { benchmark in
                for _ in benchmark.scaledIterations {
                    blackHole(try algorithm.value(at: hidden(n)).residue(modulo: 97))
                }
            }
        }
    }
    Benchmark("decimal 1000000") { benchmark in
        let value = try GMPFibonacci().value(at: 1_000_000)
        benchmark.startMeasurement()
        blackHole(value.decimal())
    }
}

/// `n`, unseen by the optimiser, which would fold a constant away.
@inline(never) @_optimize(none)
private func hidden(_ n: Int) -> Int { n }
