import Testing
import Workload

/// Each bound is several standard errors wide and holds for the fixed seed.
@Suite("Sampled parameters")
struct DistributionTests {
    @Test("fixed ones are fixed, and milliseconds become microseconds")
    func fixed() throws {
        #expect(try tasks("fib-gmp:n=90", count: 10).allSatisfy { $0.parameter == 90 && $0.kind == .fibGMP })
        #expect(try tasks("sleep:ms=0.25", count: 10).allSatisfy { $0.parameter == 250 && $0.kind == .sleep })
    }

    @Test("uniform ones take every value of the range equally often, and none outside it")
    func uniform() throws {
        let counts = try histogram("fib-gmp:n=1..93", count: 93_000)
        #expect(counts.keys.sorted() == Array(1...93))
        #expect(counts.values.allSatisfy { (800...1200).contains($0) })
    }

    @Test("uniform milliseconds have microsecond steps and both ends")
    func uniformMilliseconds() throws {
        let counts = try histogram("sleep:ms=0.998..1.002", count: 5000)
        #expect(counts.keys.sorted() == Array(998...1002))
    }

    @Test("the widest range is sampled in full")
    func widest() throws {
        let values = try tasks("fib-gmp:n=0..1000000000000", count: 10_000).map { Double($0.parameter) }
        #expect(abs(mean(values) / 5e11 - 1) < 0.05)
    }

    @Test("zipf ones follow the power law by rank", arguments: [0.0, 0.5, 1, 1.1, 2])
    func zipf(exponent: Double) throws {
        let counts = try histogram("fib-gmp:n=zipf(5..14,\(exponent))", count: 100_000)
        var weights: [Double] = []
        for rank in 1...10 { weights.append(PortableMath.exp(-exponent * PortableMath.log(Double(rank)))) }
        let total = weights.reduce(0, +)
        #expect(counts.keys.min() == 5)
        #expect(counts.keys.max() == 14)
        for (index, weight) in weights.enumerated() {
            let expected = 100_000 * weight / total
            #expect(abs(Double(counts[Int64(5 + index), default: 0]) - expected) < 5 * expected.squareRoot())
        }
    }

    @Test("zipf milliseconds are whole, and the largest table works")
    func zipfEdges() throws {
        #expect(try tasks("sleep:ms=zipf(1..9,1)", count: 1000).allSatisfy { $0.parameter % 1000 == 0 })
        let wide = try tasks("fib-gmp:n=zipf(1..1000000,1)", count: 1000)
        #expect(wide.allSatisfy { (1...1_000_000).contains($0.parameter) })
        #expect(try tasks("fib-gmp:n=zipf(7..7,1)", count: 10).allSatisfy { $0.parameter == 7 })
    }

    @Test("exponential ones have their mean and their median")
    func exponential() throws {
        let values = try tasks("sleep:ms=exponential(5)", count: 100_000).map { Double($0.parameter) }.sorted()
        #expect(abs(mean(values) / 5000 - 1) < 0.02)
        #expect(abs(values[50_000] / (5000 * 0.6931) - 1) < 0.03)
    }

    @Test("lognormal ones have their median and their mean, and are never negative or beyond the greatest value")
    func lognormal() throws {
        let values = try tasks("sleep:ms=lognormal(5,0.5)", count: 100_000).map { Double($0.parameter) }.sorted()
        #expect(abs(values[50_000] / 5000 - 1) < 0.02)
        #expect(abs(mean(values) / (5000 * PortableMath.exp(0.125)) - 1) < 0.02)
        let wild = try tasks("sleep:ms=lognormal(1000000000000,10)", count: 10_000).map(\.parameter)
        #expect(wild.allSatisfy { (0...1_000_000_000_000_000).contains($0) })
        #expect(wild.max() == 1_000_000_000_000_000)
    }

    @Test("kinds come in proportion to their weights")
    func weights() throws {
        let mix = "fib-gmp:n=1:weight=6,fib-binet:n=1:weight=3,sleep:ms=1,fib-gmp:n=2:weight=0.001"
        let counts = Dictionary(grouping: try tasks(mix, count: 100_000), by: \.kind).mapValues(\.count)
        #expect((59_000...61_000).contains(counts[.fibGMP] ?? 0))
        #expect((29_000...31_000).contains(counts[.fibBinet] ?? 0))
        #expect((9500...10_500).contains(counts[.sleep] ?? 0))
    }

    private func histogram(_ mix: String, count: UInt64) throws -> [Int64: Int] {
        Dictionary(grouping: try tasks(mix, count: count), by: \.parameter).mapValues(\.count)
    }
}
