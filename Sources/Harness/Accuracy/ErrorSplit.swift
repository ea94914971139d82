package import Multiprecision
package import Reporting

/// Where the error of the closed formula comes from: the steps of `binet-mpfr`, made exact one at a time.
///
/// "Exact" means with 128 bits more than the integer and the significand together have, so what is left of a step's own
/// rounding is below 2^−128 units in the last place.
package struct ErrorSplit: ~Copyable {
    /// A step that adds to the error.
    package enum Source: String, CaseIterable, Sendable {
        /// φ as it was computed, with the √5 in it.
        case phi
        /// √5 as the divisor.
        case sqrt5
        /// The power's rounding.
        case power
        /// The division's rounding.
        case division
        /// The term ψⁿ / √5 that the formula leaves out.
        case omittedTerm = "omitted_term"
        /// The nearest integer.
        case finalRounding = "final_rounding"
    }

    private let n: Int
    private let bits: Int
    private let rounding: RoundingMode
    private let workingBits: Int
    private let integer: BigInteger

    /// The split at n ≥ 1, at a precision and in a rounding mode.
    package init(at n: Int, precisionBits: Int, rounding: RoundingMode) {
        precondition(n >= 1 && precisionBits >= 2, "a split is of n from 1 on and of two bits or more")
        self.n = n
        bits = precisionBits
        self.rounding = rounding
        integer = BigInteger(fibonacci: UInt64(n))
        workingBits = 2 * precisionBits + 2 * integer.bitCount + 128
    }

    /// Value − F(n) in units in the last place of F(n), before the rounding to an integer, with that source exact;
    /// `nil` for all as they are. `omittedTerm` and `finalRounding` have no part in the value and change nothing.
    package func error(withExact source: Source?) -> Double {
        ulps(value(withExact: source))
    }

    /// What a source adds: the error as it is, and as it would be if that source alone were exact.
    package func errors(of source: Source) -> (asIs: Double, ifExact: Double) {
        let value = value(withExact: nil)
        let asIs = ulps(value)
        switch source {
        case .phi, .sqrt5, .power, .division:
            return (asIs, error(withExact: source))
        case .omittedTerm:
            return (asIs, asIs - ulps(unroundedFormula()))
        case .finalRounding:
            return (ulps(Real(BigInteger(rounding: value), precisionBits: workingBits)), asIs)
        }
    }

    /// The rows of all sources.
    package func rows(_ runID: String) -> [ErrorSourceRow] {
        Source.allCases.map { source in
            let errors = errors(of: source)
            return ErrorSourceRow(
                key: RunKey(runID: runID, cellID: rounding.rawValue, repetition: 1), n: n, algorithm: "binet-mpfr",
                precisionBits: bits, rounding: rounding.rawValue, source: source.rawValue, errorUlp: errors.asIs,
                errorIfExactUlp: errors.ifExact, contributionUlp: errors.asIs - errors.ifExact)
        }
    }

    /// The rows of each precision, mode and n of a range; n from 1 on.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for an empty range, and what `emit` throws.
    package static func sweep(
        _ runID: String, from: Int, to: Int, precisions: [Int], roundings: [RoundingMode],
        emit: (ErrorSourceRow) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        guard from >= 1, from <= to else {
            throw .usage(
                "the range from \(from) to \(to) is empty or begins below 1: give --from 1 or more, below --to")
        }
        for bits in precisions {
            for mode in roundings {
                for n in from...to {
                    let split = ErrorSplit(at: n, precisionBits: bits, rounding: mode)
                    for row in split.rows(runID) { try emit(row) }
                }
            }
        }
    }

    private func value(withExact source: Source?) -> Real {
        let divisor = root(isExact: source == .sqrt5)
        let ratio = source == .phi ? self.ratio(workingBits, .nearest) : self.ratio(bits, rounding)
        let power = ratio.rounded(toPrecisionBits: workingBits).raised(to: UInt(n), rounding: .nearest)
        let base = source == .power ? power.rounded(toPrecisionBits: workingBits) : rounded(power)
        let quotient = base.divided(by: divisor)
        return source == .division ? quotient.rounded(toPrecisionBits: workingBits) : rounded(quotient)
    }

    /// φⁿ / √5
    private func unroundedFormula() -> Real {
        ratio(workingBits, .nearest).raised(to: UInt(n)).divided(by: root(isExact: true))
    }

    private func root(isExact: Bool) -> Real {
        Real(squareRootOf: 5, precisionBits: isExact ? workingBits : bits, rounding: isExact ? .nearest : rounding)
            .rounded(toPrecisionBits: workingBits)
    }

    private func ratio(_ bits: Int, _ mode: RoundingMode) -> Real {
        Real(squareRootOf: 5, precisionBits: bits, rounding: mode).addingOne(rounding: mode).scaled(byPowerOfTwo: -1)
    }

    /// Rounds to the precision, and gives the working bits back for what follows.
    private func rounded(_ value: borrowing Real) -> Real {
        value.rounded(toPrecisionBits: bits, rounding: rounding).rounded(toPrecisionBits: workingBits)
    }

    private func ulps(_ value: borrowing Real) -> Double {
        value.subtracting(Real(integer, precisionBits: workingBits))
            .scaled(byPowerOfTwo: bits - integer.bitCount).doubleValue
    }
}
