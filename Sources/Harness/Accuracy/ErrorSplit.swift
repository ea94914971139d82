package import Multiprecision
package import Reporting

/// Where the error of the closed formula comes from: what each step of `binet-mpfr` adds to it.
///
/// The steps are made exact one after another, from the last to the first, until F(n) itself is left:
///
///     round(x) → x → P / s → P / √5 → φ̂ⁿ / √5 → φⁿ / √5 → F(n)
///
/// where φ̂, s, P and x are φ, √5, the power and the quotient as they are rounded. What a step adds is the difference of
/// the two values around its arrow, so all of them together are the error exactly. The values that are not rounded have
/// twice the bits of the integer and the significand together, and 128 more: what they lack is below 2^−128 units in
/// the last place.
package struct ErrorSplit: Sendable {
    /// A step that adds to the error, in the order of the computation.
    package enum Source: Int, CaseIterable, Sendable {
        /// The term ψⁿ / √5 that the formula leaves out.
        case omittedTerm
        /// φ as it was computed, with the √5 in it, in the power.
        case phi
        /// The power's rounding.
        case power
        /// √5 as the divisor.
        case sqrt5
        /// The division's rounding.
        case division
        /// The nearest integer.
        case finalRounding

        /// The name in `error_sources.csv`.
        package var name: String {
            switch self {
            case .omittedTerm: "omitted_term"
            case .phi: "phi"
            case .power: "power"
            case .sqrt5: "sqrt5"
            case .division: "division"
            case .finalRounding: "final_rounding"
            }
        }
    }

    /// Value − F(n) and what the last step added to it, in units in the last place of F(n), by `Source.rawValue`.
    private let steps: [(error: Double, contribution: Double)]
    private let n: Int
    private let bits: Int
    private let rounding: RoundingMode

    /// The split at n ≥ 1, at a precision and in a rounding mode.
    package init(at n: Int, precisionBits bits: Int, rounding: RoundingMode) {
        precondition(n >= 1 && bits >= 2, "a split is of n from 1 on and of two bits or more")
        self.n = n
        self.bits = bits
        self.rounding = rounding
        steps = Self.steps(n, bits, rounding)
    }

    /// Value − F(n) in units in the last place of F(n), with the steps up to `source` as they are and those after it
    /// exact.
    package func error(upTo source: Source) -> Double { steps[source.rawValue].error }

    /// What `source` adds to that, rounded once, to a Double.
    package func contribution(of source: Source) -> Double { steps[source.rawValue].contribution }

    /// The rows of all sources.
    package func rows(_ runID: String) -> [ErrorSourceRow] {
        var before = 0.0
        return Source.allCases.map { source in
            defer { before = error(upTo: source) }
            return ErrorSourceRow(
                key: RunKey(runID: runID, cellID: rounding.rawValue, repetition: 1), n: n, algorithm: "binet-mpfr",
                precisionBits: bits, rounding: rounding.rawValue, source: source.name, errorUlp: error(upTo: source),
                errorIfExactUlp: before, contributionUlp: contribution(of: source))
        }
    }

    /// The bits of the values that are not rounded.
    static func workingBits(_ bits: Int, integerBits: Int) -> Int { 2 * (bits + integerBits) + 128 }

    private static func steps(
        _ n: Int, _ bits: Int, _ rounding: RoundingMode
    ) -> [(error: Double, contribution: Double)] {
        let rounded = RoundedFormula(at: n, bits, rounding)
        let integer = BigInteger(fibonacci: UInt64(n))
        let working = workingBits(bits, integerBits: integer.bitCount)
        let exact = Real(integer, precisionBits: working)
        let exactRoot = Real(squareRootOf: 5, precisionBits: working)
        let widePower = rounded.power.rounded(toPrecisionBits: working)

        let formula = exactRoot.ratio(rounding: .nearest).raised(to: UInt(n)).divided(by: exactRoot)
        let withPhi = rounded.ratio.rounded(toPrecisionBits: working).raised(to: UInt(n)).divided(by: exactRoot)
        let withPower = widePower.divided(by: exactRoot)
        let withRoot = widePower.divided(by: rounded.root)
        let withDivision = rounded.quotient.rounded(toPrecisionBits: working)
        let nearest = Real(BigInteger(rounding: rounded.quotient), precisionBits: working)

        func step(_ before: borrowing Real, _ after: borrowing Real) -> (Double, Double) {
            let scale = bits - integer.bitCount
            return (after.ulps(from: exact, scale), after.ulps(from: before, scale))
        }
        return [
            step(exact, formula), step(formula, withPhi), step(withPhi, withPower), step(withPower, withRoot),
            step(withRoot, withDivision), step(withDivision, nearest),
        ]
    }
}

/// The closed formula as `binet-mpfr` computes it, with all that it rounds on the way.
private struct RoundedFormula: ~Copyable {
    let root: Real
    let ratio: Real
    let power: Real
    let quotient: Real

    init(at n: Int, _ bits: Int, _ rounding: RoundingMode) {
        root = Real(squareRootOf: 5, precisionBits: bits, rounding: rounding)
        ratio = root.ratio(rounding: rounding)
        power = ratio.raised(to: UInt(n), rounding: rounding)
        quotient = power.divided(by: root, rounding: rounding)
    }
}

extension Real {
    /// (1 + this) / 2, which makes φ of √5: one rounding.
    fileprivate borrowing func ratio(rounding: RoundingMode) -> Real {
        addingOne(rounding: rounding).scaled(byPowerOfTwo: -1)
    }

    /// How far it is above `other`, in units of 2^−`scale`.
    fileprivate borrowing func ulps(from other: borrowing Real, _ scale: Int) -> Double {
        subtracting(other).scaled(byPowerOfTwo: scale).doubleValue
    }
}
