import Glibc
import Measurement
import Testing

@Suite("Rank tests")
struct RankTestTests {
    /// Permeability constants of the human chorioamnion at term, and at 12 to 26 weeks of gestation (Hollander and Wolfe,
    /// table 4.1).
    private static let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    private static let early = [1.15, 0.88, 0.90, 0.74, 1.21]

    /// One-sided 0.1272 in the book.
    @Test("a worked example without ties is exact")
    func workedExample() throws {
        let test = try #require(RankTest(Self.early, Self.term))
        #expect(test.pairsAbove == 35)
        #expect(test.isExact)
        #expect(abs(test.pValue - 0.2544122544122544) < 1e-12)
        #expect(!test.isDifferent)
    }

    /// The book's shift is 0.305 from −0.15 to 0.76; of the exponentials' ratios it is so on logarithms.
    @Test("the ratio and its interval are the worked example's shift, on logarithms")
    func ratio() throws {
        let test = try #require(RankTest(Self.early.map { exp($0) }, Self.term.map { exp($0) }))
        let interval = try #require(test.ratioInterval)
        #expect(abs(log(try #require(test.ratio)) - 0.305) < 1e-12)
        #expect(abs(log(interval.lowerBound) + 0.15) < 1e-12)
        #expect(abs(log(interval.upperBound) - 0.76) < 1e-12)
    }

    /// The critical values that every table has, and the count beside each.
    @Test(
        "tabulated probabilities",
        arguments: [
            (5, 5, 2, 0.0317460), (5, 5, 3, 0.0555556), (6, 6, 5, 0.0411255), (10, 10, 23, 0.0432571),
            (10, 10, 24, 0.0524259), (6, 10, 11, 0.0419580), (6, 10, 12, 0.0559441), (1, 1, 0, 1),
        ])
    func tables(first: Int, second: Int, below: Int, probability: Double) throws {
        // The first sample's values are whole; `below` pairs have a smaller value of the second one, and the rest none.
        var left = below
        let placed = (0..<second).map { index in
            let under = min(first, left)
            left -= under
            return Double(first - under) + 0.5 + Double(index) / 1_000
        }
        let whole = (1...first).map(Double.init)
        let test = try #require(RankTest(whole, placed))
        #expect(test.pairsAbove == Double(first * second - below))
        #expect(abs(test.pValue - probability) < 1e-6)
        let mirrored = try #require(RankTest(placed, whole))
        #expect(abs(mirrored.pValue - probability) < 1e-6)
    }

    /// What R and SciPy say of it, with their correction for continuity.
    @Test("with ties it is normal, corrected for them")
    func ties() throws {
        let test = try #require(RankTest([1, 2, 2, 3, 5, 7], [2, 4, 5, 5, 8, 9, 9]))
        #expect(test.pairsAbove == 33)
        #expect(!test.isExact)
        #expect(abs(test.pValue - 0.0962020408864322) < 1e-9)
    }

    @Test("equal values do not differ, and too few have no interval")
    func degenerate() throws {
        let same = try #require(RankTest([2, 2, 2, 2], [2, 2, 2, 2]))
        #expect(same.pValue == 1)
        #expect(same.ratio == 1)
        #expect(same.ratioInterval == nil)
        #expect(RankTest([], [1]) == nil)
        #expect(RankTest([1], []) == nil)
        #expect(try #require(RankTest([1, 2, 3], [4, 5, 6])).ratioInterval == nil)
        let four = try #require(RankTest([1, 2, 3, 4], [5, 6, 7, 8]))
        let interval = try #require(four.ratioInterval)
        #expect(abs(interval.lowerBound - 1.25) < 1e-12)
        #expect(abs(interval.upperBound - 8) < 1e-12)
        #expect(try #require(RankTest([0, 1], [1, 2])).ratio == nil)
    }

    /// Both distributions, for as many pairs as are exact at most.
    @Test("the normal distribution is close to the exact one where it takes over")
    func agreement() throws {
        let first = (0..<50).map { Double($0) }
        let second = (0..<50).map { Double($0) + 10.5 }
        let exact = try #require(RankTest(first, second))
        let normal = try #require(RankTest(first + [100], second + [100]))
        #expect(exact.isExact)
        #expect(!normal.isExact)
        #expect(abs(exact.pValue - normal.pValue) < 0.002)
        #expect(exact.pValue < 0.01)
    }

    /// The interval leaves out 1 just when the test calls the samples different.
    @Test("interval and test say the same")
    func consistency() throws {
        var random = SeededGenerator(seed: 11)
        var different = 0
        for count in [4, 6, 9, 12] {
            for _ in 0..<100 {
                let first = (0..<count).map { _ in exp(Double.random(in: 0..<1, using: &random)) }
                let second = (0..<count).map { _ in exp(Double.random(in: 0.3..<1.3, using: &random)) }
                let test = try #require(RankTest(first, second))
                #expect(try #require(test.ratioInterval).contains(1) == !test.isDifferent)
                different += test.isDifferent ? 1 : 0
            }
        }
        #expect((50...350).contains(different))
    }
}
