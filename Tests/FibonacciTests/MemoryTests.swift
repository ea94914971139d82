#if os(Linux)
import Fibonacci
import Foundation
import Multiprecision
import Testing

/// Each in a process of its own, so that no other test's memory is counted.
@Suite struct MemoryTests {
    /// 10^5 calls of each algorithm. One number left behind by each would be 6 MB at least.
    @Test func everyValueIsFreed() async {
        await #expect(processExitsWith: .success) {
            for algorithm in AlgorithmRegistry.available where algorithm.name != "recursive" {
                let n = min(algorithm.largestIndex ?? 300, 300)
                for _ in 0..<2_000 { _ = try algorithm.value(at: n) }
                let before = try memoryKiB("VmRSS")
                for _ in 0..<100_000 { _ = try algorithm.value(at: n) }
                let growth = try memoryKiB("VmRSS") - before
                precondition(growth < 2_048, "\(algorithm.name) grew by \(growth) KiB")
            }
        }
    }

    /// Decimal text, observations and negative indices. A text left behind by each call would be 6 MB at least.
    @Test func textsAndObservationsAreFreed() async {
        await #expect(processExitsWith: .success) {
            for algorithm in AlgorithmRegistry.available where algorithm.name != "recursive" {
                let last = min(algorithm.largestIndex ?? 300, 300)
                let n = algorithm.takesNegativeIndices ? -last : last
                let growth = try growthKiB(ofCalls: 100_000) { _ = try algorithm.value(at: n).decimal() }
                precondition(growth < 2_048, "\(algorithm.name): text at \(n) grew by \(growth) KiB")
            }
            for algorithm in [GMPFibonacci(), BinetMPFRFibonacci(), BinetFibonacci()] as [any FibonacciAlgorithm] {
                let growth = try growthKiB(ofCalls: 20_000) {
                    _ = try AccuracyObservation.observing(algorithm, at: 300)
                }
                precondition(growth < 1_024, "observing \(algorithm.name) grew by \(growth) KiB")
            }
        }
    }

    /// Products of 90 KiB, in parts. One of their temporaries left behind by each would be 20 MB at least.
    @Test func sparingProductsAreFreed() async {
        await #expect(processExitsWith: .success) {
            let factor = BigInteger(fibonacci: 800_000)
            let growth = try growthKiB(ofCalls: 200) {
                let product = BigInteger.sparingProduct(factor.copy(), factor.copy())
                precondition(product.bitCount > 1_000_000)
            }
            precondition(growth < 4_096, "grew by \(growth) KiB")
        }
    }

    /// F(10^8) has 69,424,191 bits: 8,475 KiB.
    @Test func peakOfGMPIsBelowFourTimesTheResult() async {
        await #expect(processExitsWith: .success) {
            // Not the peak so far, below which growth would go unseen.
            let before = try memoryKiB("VmRSS")
            _ = try GMPFibonacci().value(at: 100_000_000)
            let growth = try memoryKiB("VmHWM") - before
            FileHandle.standardError.write(Data("F(10^8) by gmp: peak \(growth) KiB above the start\n".utf8))
            precondition(growth < 4 * 8_475, "grew by \(growth) KiB")
        }
    }
}

/// How much more memory the process has after so many calls of `body` than after a fiftieth of them.
private func growthKiB(ofCalls calls: Int, _ body: () throws -> Void) throws -> Int {
    for _ in 0..<calls / 50 { try body() }
    let before = try memoryKiB("VmRSS")
    for _ in 0..<calls { try body() }
    return try memoryKiB("VmRSS") - before
}

/// A line of `/proc/self/status`: what is in memory now (`VmRSS`) or was at most (`VmHWM`).
private func memoryKiB(_ name: String) throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    let number = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return try #require(number.flatMap { Int($0) })
}
#endif
