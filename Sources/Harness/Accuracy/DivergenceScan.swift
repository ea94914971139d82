package import Fibonacci
package import Multiprecision
package import Reporting

/// How far a closed formula is right: its values at each n from 0 to the last that its significand can hold.
///
/// The last is proven: a value of p bits, rounded to an integer, has p bits at most, so it can be F(n) only where F(n)
/// has no more without the zeros at its end; `isBeyondSignificand(ofBits:_:)` says from which n on none has.
package struct DivergenceScan: Sendable, Equatable {
    /// First n whose rounded value is not F(n).
    package private(set) var firstInexact: Int?
    /// Last n whose rounded value is F(n).
    package private(set) var lastExact: Int?
    /// First n whose F(n) needs more bits than the significand has.
    package private(set) var firstUnrepresentable: Int?
    /// First n for which the format has no finite value; `nil` if the scan ends before it.
    package private(set) var firstOverflow: Int?
    /// How many n below `lastExact` are not exact.
    package private(set) var inexactBelowLastExact = 0
    private var inexact = 0
    /// The largest significand whose scan takes bearable time: half a minute.
    package static let unforcedBits = 32_768
    private static let reportEvery = 10_000

    /// Scans an algorithm that computes in floating point. Cost: its own for each n up to about 1.44 · bits + 20.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for an algorithm on integers, which never diverges, and for one that is not
    ///   on this processor.
    package init(
        of algorithm: any FibonacciAlgorithm, _ work: LongWork = .unattended
    ) throws(HarnessError) {
        let bits = try Self.check(algorithm, force: true)
        var exact = BigInteger()
        var next = BigInteger(1 as UInt64)
        var n = 0
        while !isBeyondSignificand(ofBits: bits, n) {
            if firstUnrepresentable == nil, exact.bitCount - exact.trailingZeroBitCount > bits {
                firstUnrepresentable = n
            }
            if n > 0, n.isMultiple(of: Self.reportEvery) {
                work.report("  n = \(n) of some \(Self.lastIndex(ofBits: bits))")
            }
            try work.checkpoint()
            try judge(algorithm, n, exact)
            exact.add(next)
            swap(&exact, &next)
            n += 1
        }
        if firstOverflow == nil { firstOverflow = formatEnd(algorithm) }
    }

    /// The bits of the significand; throws as `init(of:)` does, and unless `force` is given for more than
    /// `unforcedBits` of them.
    @discardableResult
    package static func check(_ algorithm: any FibonacciAlgorithm, force: Bool) throws(HarnessError) -> Int {
        guard let bits = algorithm.precisionBits else {
            throw .usage("\(algorithm.name) computes with integers and never diverges: name a closed formula")
        }
        guard force || bits <= unforcedBits else {
            throw .usage(
                "a scan at \(bits) bits computes some \(lastIndex(ofBits: bits)) numbers and would take too long: "
                    + "it is refused beyond \(unforcedBits) bits unless forced")
        }
        return bits
    }

    /// About the last n that such a significand can hold.
    private static func lastIndex(ofBits bits: Int) -> Int { Int(Double(bits) * 1.4405) + 20 }

    private mutating func judge(
        _ algorithm: any FibonacciAlgorithm, _ n: Int, _ exact: borrowing BigInteger
    ) throws(HarnessError) {
        do throws(FibonacciError) {
            if try algorithm.value(at: n).rounded() == exact {
                lastExact = n
                inexactBelowLastExact = inexact
            } else {
                firstInexact = firstInexact ?? n
                inexact += 1
            }
        } catch {
            guard case .overflow = error else { throw .usage("\(error)") }
            firstOverflow = firstOverflow ?? n
        }
    }

    /// Where the format of a processor ends. MPFR's end is its own and no format's, and far beyond any scan.
    private func formatEnd(_ algorithm: any FibonacciAlgorithm) -> Int? {
        algorithm is BinetMPFRFibonacci ? nil : algorithm.largestIndex.map { $0 + 1 }
    }
}

extension DivergenceScan {
    /// The row of a variant's scan.
    package static func row(
        _ runID: String, _ variant: AlgorithmVariant, _ work: LongWork = .unattended
    ) throws(HarnessError) -> DivergenceRow {
        let bits = variant.algorithm.precisionBits ?? 0
        work.report("first divergence of \(variant.algorithm.name), \(bits) bits, \(variant.rounding.rawValue)")
        let scan = try DivergenceScan(of: variant.algorithm, work)
        return DivergenceRow(
            key: RunKey(runID: runID, cellID: variant.rounding.rawValue, repetition: 1),
            algorithm: variant.algorithm.name, precisionBits: variant.algorithm.precisionBits,
            rounding: variant.rounding.rawValue, firstInexact: scan.firstInexact, lastExact: scan.lastExact,
            firstUnrepresentable: scan.firstUnrepresentable, firstOverflow: scan.firstOverflow,
            inexactBelowLastExact: scan.inexactBelowLastExact)
    }
}

extension BoundRow {
    /// The proven bound beside what a scan of `binet-mpfr` found; `nil` for the row of another algorithm.
    package init?(_ row: DivergenceRow, rounding: RoundingMode) {
        guard row.algorithm == BinetMPFRFibonacci().name, let bits = row.precisionBits else { return nil }
        let proven = provenExactLimit(precisionBits: bits, rounding: rounding)
        self.init(
            key: row.key, precisionBits: bits, rounding: row.rounding, provenExactTo: proven,
            firstInexact: row.firstInexact,
            gap: row.firstInexact.flatMap { first in proven.map { first - $0 - 1 } })
    }
}
