import Fibonacci
import Foundation
import Harness
import Multiprecision
import Reporting
import Testing

@Suite struct ErrorSplitTests {
    /// All steps as they are: the error that the observation states, with its sign.
    @Test func asItIsAgreesWithTheObservation() throws {
        for n in 1...150 {
            let split = ErrorSplit(at: n, precisionBits: 53, rounding: .nearest)
            let seen = try AccuracyObservation.observing(BinetMPFRFibonacci(), at: n)
            #expect(seen.ulpError == abs(split.error(upTo: .division)), "n = \(n)")
        }
    }

    /// `Reference/error-sources.csv`, which mpmath computed, to a millionth of a unit in the last place.
    @Test func eachSourceIsWhatAnIndependentCalculationSays() throws {
        let rows = try ReferenceSplit.all()
        #expect(rows.count == 140)
        for row in rows {
            let split = ErrorSplit(at: row.n, precisionBits: row.precisionBits, rounding: row.rounding)
            for (source, expected) in zip(ErrorSplit.Source.allCases, row.contributions) {
                // Where it is beyond 10^9 units, at n = 1 and the like, a Double has no more digits.
                let tolerance = max(1e-6, abs(expected) * 1e-15)
                #expect(
                    abs(split.contribution(of: source) - expected) < tolerance,
                    "n = \(row.n), \(row.precisionBits) bits, \(row.rounding), \(source)")
            }
        }
    }

    @Test(arguments: [1, 10, 71, 100, 200])
    func sourcesAddUp(n: Int) {
        let split = ErrorSplit(at: n, precisionBits: 53, rounding: .nearest)
        var sum = 0.0
        // At a small n what is left out is up to 1.2 · 10^15 units, and a Double has no more digits than that.
        let greatest = ErrorSplit.Source.allCases.map { abs(split.contribution(of: $0)) }.max() ?? 0
        let tolerance = max(1e-6, greatest * 1e-15)
        for source in ErrorSplit.Source.allCases {
            sum += split.contribution(of: source)
            #expect(abs(sum - split.error(upTo: source)) < tolerance, "n = \(n), \(source)")
        }
    }

    @Test func rowsTellEachSourceInOrder() throws {
        let rows = ErrorSplit(at: 100, precisionBits: 53, rounding: .nearest).rows("test")
        #expect(rows.map(\.source) == ["omitted_term", "phi", "power", "sqrt5", "division", "final_rounding"])
        #expect(rows[0].errorIfExactUlp == 0)
        for (before, row) in zip(rows, rows.dropFirst()) { #expect(row.errorIfExactUlp == before.errorUlp) }
        #expect(abs(rows[1].contributionUlp - 18.146) < 0.001 && abs(rows[4].errorUlp - 18.251) < 0.001)
    }

    @Test func aSweepTakesEachPrecisionModeAndN() throws {
        let sweep = try ErrorSplitSweep(from: 1, to: 3, precisions: [24, 53], roundings: [.nearest, .up])
        var rows: [ErrorSourceRow] = []
        try sweep.run("test") { row throws(HarnessError) in rows.append(row) }
        #expect(rows.count == 2 * 2 * 3 * 6)
        #expect(Set(rows.map { "\($0.precisionBits) \($0.rounding) \($0.n)" }).count == 12)
    }

    @Test func aSweepRefusesWhatItCannotDo() {
        for (from, to) in [(0, 5), (5, 1), (1, 400_000_000_000)] {
            let error = #expect(throws: HarnessError.self) {
                try ErrorSplitSweep(from: from, to: to, precisions: [53], roundings: [.nearest])
            }
            #expect(error?.exitCode == 64)
        }
        // Ten times a hundred million million bits are in no machine.
        let error = #expect(throws: HarnessError.self) {
            try ErrorSplitSweep(from: 1, to: 1, precisions: [100_000_000_000_000], roundings: [.nearest])
        }
        #expect(error?.description.contains("MiB of memory") == true)
    }
}

/// A row of `Reference/error-sources.csv`, which `error-sources.py` beside it made.
private struct ReferenceSplit {
    let n: Int
    let precisionBits: Int
    let rounding: RoundingMode
    /// In the order of `ErrorSplit.Source`.
    let contributions: [Double]

    static func all() throws -> [ReferenceSplit] {
        let url = try #require(Bundle.module.url(forResource: "Reference/error-sources", withExtension: "csv"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        return try lines.dropFirst().map { line in
            let fields = line.split(separator: ",").map(String.init)
            let contributions = try fields.dropFirst(3).map { try #require(Double($0)) }
            try #require(contributions.count == ErrorSplit.Source.allCases.count)
            return ReferenceSplit(
                n: try #require(Int(fields[0])), precisionBits: try #require(Int(fields[1])),
                rounding: try #require(RoundingMode(rawValue: fields[2])), contributions: contributions)
        }
    }
}
