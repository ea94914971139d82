public import Multiprecision

/// How many bits make `binet-mpfr` exact at n, and at every smaller one, in that rounding mode.
///
///     p(n) = max(8, ⌈n log₂ φ⌉ + ⌈log₂(n + 1)⌉ + 1), to nearest; one bit more in the other modes
///
/// Proof. Let ε = 2^−p to nearest and 2^(1−p) otherwise: each rounded step multiplies its exact result by 1 + δ with
/// |δ| ≤ ε. √5 becomes √5 (1 + δ₁); 1 + √5 rounded and halved becomes φ (1 + c δ₁)(1 + δ₂) with c = √5 / (1 + √5)
/// = 0.6909…; the power adds 1 + δ₃, the division 1 + δ₄. So what is computed is
///
///     x = φⁿ / √5 · (1 + c δ₁)ⁿ (1 + δ₂)ⁿ (1 + δ₃)(1 + δ₄) / (1 + δ₁)
///
/// and since |ln(1 + δ)| ≤ ε / (1 − ε), the factor behind the dot is within e^(±E), E = ((1 + c) n + 3) ε / (1 − ε).
/// F(n) is the nearest integer to x if the distance, with the term ψⁿ / √5 that the formula leaves out, is below half:
///
///     φⁿ / √5 · (e^E − 1) + φ^(−n) / √5 < 1/2
///
/// With e^E − 1 ≤ E e^E and p = p(n), so that φⁿ ε ≤ 1 / (2 (n + 1)), the left side for n ≥ 6 is at most
/// (1.691 n + 3) / (2 √5 (n + 1)) · e^E / (1 − ε) + φ^(−n) / √5, which falls with n and is 0.4693 at n = 6. For n from
/// 0 to 5, p(n) = 8, and the left side is 0.453, 0.290, 0.201, 0.167, 0.185, 0.269. ∎ (The logarithm of φ is
/// taken as 0.694241914, above it, so that the first term is never too small.)
///
/// n is not negative and at most 10^9, where `binet-mpfr` ends; anything else is a programmer's error. Cost: O(1).
public func requiredPrecision(for n: Int, rounding: RoundingMode = .nearest) -> Int {
    precondition((0...BinetMPFRFibonacci.lastIndex).contains(n), "binet-mpfr takes n from 0 to 10^9")
    let integerBits = (n * 694_241_914 + 999_999_999) / 1_000_000_000
    let bits = max(8, integerBits + (Int.bitWidth - n.leadingZeroBitCount) + 1)
    return rounding == .nearest ? bits : bits + 1
}

/// The last n up to which every value of `binet-mpfr` at that precision is proven exact: the n(p) that inverts
/// `requiredPrecision(for:rounding:)`; nil below 8 bits (9 where the mode is not nearest), where nothing is proven.
///
/// Cost: 30 steps of a bisection.
public func provenExactLimit(precisionBits: Int, rounding: RoundingMode = .nearest) -> Int? {
    guard requiredPrecision(for: 0, rounding: rounding) <= precisionBits else { return nil }
    var (proven, open) = (0, BinetMPFRFibonacci.lastIndex + 1)
    while open - proven > 1 {
        let middle = proven + (open - proven) / 2
        if requiredPrecision(for: middle, rounding: rounding) <= precisionBits {
            proven = middle
        } else {
            open = middle
        }
    }
    return proven
}

/// Whether no F(m) with m ≥ n fits a significand of so many bits, by a proven bound; false says nothing.
///
/// F(n) ≥ φ^(n−2) has more than 0.69424 (n − 2) bits, of which at most log₂ n + 2 at the end are zeros, since 2 divides
/// F(n) at most as often as n and twice more (T. Lengyel, The order of the Fibonacci and Lucas numbers, Fibonacci Quarterly 33,
/// 1995). A bit to spare covers the next power of two, where log₂ n has grown by one and n has not.
package func isBeyondSignificand(ofBits precisionBits: Int, _ n: Int) -> Bool {
    let leastBits = (n - 2) * 694_241_913 / 1_000_000_000
    return n > 2 && leastBits > precisionBits + (Int.bitWidth - n.leadingZeroBitCount) + 2
}
