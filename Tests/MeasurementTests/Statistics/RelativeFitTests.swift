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

    @Test func whatDoesNotDetermineItIsRefused() {
        #expect(RelativeFit(terms: [[1, 2], [2, 4]], values: [1, 2]) == nil)
        #expect(RelativeFit(terms: [[1], [1]], values: [0, 1]) == nil)
        #expect(RelativeFit(terms: [], values: []) == nil)
    }
}
