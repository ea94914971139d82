import Glibc
import Measurement
import Testing

/// How often repetitions of two set-ups, run by turns while the machine drifts, lead to a wrong verdict.
@Suite("Comparing set-ups")
struct ComparisonErrorTests {
    private static let seed: UInt64 = 20_261_129
    private static let comparisons = 1_000

    /// How often two set-ups are called different: of each a percentile a repetition, lognormal by 6 %, and a drift that both
    /// share: a walk of steps of 2 % from repetition to repetition.
    private static func differences(repetitions: Int, shift: Double) throws -> Int {
        var random = SeededGenerator(seed: seed)
        func normal() -> Double {
            (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
                * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
        }
        var different = 0
        for _ in 0..<comparisons {
            var (drift, first, second) = (0.0, [Double](), [Double]())
            for _ in 0..<repetitions {
                drift += 0.02 * normal()
                first.append(exp(9 + drift + 0.06 * normal()))
                second.append(exp(9 + drift + 0.06 * normal()) * shift)
            }
            if try #require(RankTest(first, second)).isDifferent { different += 1 }
        }
        return different
    }

    @Test("two that are the same are called different in at most 7 of 100 comparisons", arguments: [6, 10])
    func same(repetitions: Int) throws {
        let different = try Self.differences(repetitions: repetitions, shift: 1)
        print("A/A, \(repetitions) repetitions: \(different) of \(Self.comparisons) called different")
        #expect(different <= 70, "seed \(Self.seed)")
        #expect(different > 0, "seed \(Self.seed)")
    }

    @Test("a fifth more is found in most", arguments: [6, 10])
    func shifted(repetitions: Int) throws {
        let found = try Self.differences(repetitions: repetitions, shift: 1.2)
        print("20 % more, \(repetitions) repetitions: found in \(found) of \(Self.comparisons)")
        #expect(found > 800, "seed \(Self.seed)")
    }
}
