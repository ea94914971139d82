public import Multiprecision

/// A computed Fibonacci number in the form that its algorithm computes with.
///
/// It is not copyable because a big integer is not. What it *says* is always an integer: a floating-point value is
/// kept as it was computed, so that its error can be seen, and stands for the integer nearest to it.
public enum FibonacciValue: ~Copyable, Sendable {
    /// An exact integer in a machine word; a negative one is in `integer`.
    case machine(UInt64)
    /// An exact integer of any size.
    case integer(BigInteger)
    /// A finite floating-point value, of a format that Double holds, before its rounding to an integer.
    case real(Double)
    /// A finite floating-point value of any other format, before its rounding to an integer.
    case multiprecision(Real)

    /// The integer in decimal; a floating-point value is rounded to the nearest one, a tie away from zero.
    public borrowing func decimal() -> String {
        switch self {
        case .machine(let value): String(value)
        case .integer(let value): value.decimal()
        case .real(let value): BigInteger(rounding: value).decimal()
        case .multiprecision(let value): BigInteger(rounding: value).decimal()
        }
    }

    /// The integer modulo `modulus`, which is from 1 to 2^63 − 1.
    ///
    /// Exact for every value: of a floating-point one that is rounded as in `decimal()`, all digits count. Cost: one
    /// division for a machine word, O(bits) for a big integer, about 20 modular multiplications for a Double.
    @inlinable
    public borrowing func residue(modulo modulus: UInt64) -> UInt64 {
        switch self {
        case .machine(let value): value % modulus
        case .integer(let value): value.residue(modulo: modulus)
        case .real(let value): ModularArithmetic(modulus: modulus).residue(ofRounded: value)
        case .multiprecision(let value): BigInteger(rounding: value).residue(modulo: modulus)
        }
    }

    /// The integer as one of any size. Cost: O(bits).
    public borrowing func rounded() -> BigInteger {
        switch self {
        case .machine(let value): BigInteger(value)
        case .integer(let value): value.copy()
        case .real(let value): BigInteger(rounding: value)
        case .multiprecision(let value): BigInteger(rounding: value)
        }
    }

    /// F(n) where this exact value is F(|n|): for a negative even n its opposite.
    consuming func reflected(to n: Int) -> FibonacciValue {
        guard n < 0, n.isMultiple(of: 2) else { return self }
        var opposite = rounded()
        opposite.negate()
        return .integer(opposite)
    }
}
