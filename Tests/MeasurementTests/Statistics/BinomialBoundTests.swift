import Glibc
import Measurement
import Testing

/// What share of all trials may be cases, at most.
@Suite struct BinomialBoundTests {
    @Test func ofNoneItIsAboutThreeOverTheTrials() throws {
        for trials in [1, 7, 100, 500, 100_000] {
            let bound = try #require(BinomialBound.upper(cases: 0, trials: trials))
            #expect(abs(bound - (1 - pow(0.05, 1 / Double(trials)))) < 1e-12)
        }
        #expect(try #require(BinomialBound.upper(cases: 0, trials: 500)) < 3 / 500)
    }

    /// As tables have them (one-sided, 95 %).
    @Test(arguments: [(1, 10, 0.394163), (5, 10, 0.777559), (9, 10, 0.994884), (2, 20, 0.282619), (3, 500, 0.015437)])
    func knownBounds(cases: Int, trials: Int, bound: Double) throws {
        #expect(abs(try #require(BinomialBound.upper(cases: cases, trials: trials)) - bound) < 1e-5)
    }

    /// At the bound, as few cases as there were have a probability of 5 %, by adding up another way.
    @Test(arguments: [(0, 3), (1, 2), (4, 30), (29, 30), (17, 60)]) func whatItIs(cases: Int, trials: Int) throws {
        let share = try #require(BinomialBound.upper(cases: cases, trials: trials))
        var counts = [1.0]
        for _ in 0..<trials {
            counts = zip(counts + [0], [0] + counts).map { $0 * (1 - share) + $1 * share }
        }
        #expect(abs(counts[...cases].reduce(0, +) - 0.05) < 1e-9)
    }

    @Test func theEnds() {
        #expect(BinomialBound.upper(cases: 4, trials: 4) == 1)
        #expect(BinomialBound.upper(cases: 0, trials: 0) == nil)
    }
}
