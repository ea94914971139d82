import Measurement
import Testing

/// Sums of terms, fitted by their relative errors.
@Suite struct RelativeFitTests {
    @Test func findsExactCoefficients() throws {
        let terms = [[1.0, 1], [1, 0.5], [1, 0.25], [1, 2]]
        let fit = try #require(RelativeFit(terms: terms, values: terms.map { 3 * $0[0] + 7 * $0[1] }))
        #expect(abs(fit.coefficients[0] - 3) < 1e-9 && abs(fit.coefficients[1] - 7) < 1e-9)
        #expect(abs(fit.value(of: [1, 10]) - 73) < 1e-9)
    }

    /// One value that is missed by half counts alike, whether it is large or small.
    @Test func errorsCountAsShares() throws {
        let fit = try #require(RelativeFit(terms: [[1], [1]], values: [1, 100]))
        // The least sum of (c - 1)² and (c / 100 - 1)².
        #expect(abs(fit.coefficients[0] - (1 + 0.01) / (1 + 0.0001)) < 1e-9)
    }

    /// The second term would be subtracted, to fit best; the first alone then fits best with a coefficient of its own.
    @Test func nothingCountsNegatively() throws {
        let terms = [[1.0, 1], [1, 2], [1, 3]]
        let fit = try #require(RelativeFit(terms: terms, values: [1, 0.9, 0.8]))
        // The least sum of (c / v - 1)²: the sum of 1 / v over that of 1 / v².
        let least = (1 + 1 / 0.9 + 1 / 0.8) / (1 + 1 / 0.81 + 1 / 0.64)
        #expect(abs(fit.coefficients[0] - least) < 1e-9 && fit.coefficients[1] == 0)
    }

    /// Terms that differ much in size, as a byte and a queue's own share of a large backlog do, are not taken for dependent.
    @Test func smallTermsCount() throws {
        let terms = [[1, 1e-9, 4_096.0], [1, 2e-9, 16], [1, 1e-9, 64], [1, 3e-9, 16]]
        let fit = try #require(RelativeFit(terms: terms, values: terms.map { 30 + 1e10 * $0[1] + 1.1 * $0[2] }))
        #expect(zip(fit.coefficients, [30, 1e10, 1.1]).allSatisfy { abs($0 / $1 - 1) < 1e-6 })
    }

    @Test func whatDoesNotDetermineItIsRefused() {
        #expect(RelativeFit(terms: [[1, 2], [2, 4]], values: [1, 2]) == nil)
        #expect(RelativeFit(terms: [[1], [1]], values: [0, 1]) == nil)
        #expect(RelativeFit(terms: [], values: []) == nil)
    }
}
