public import Multiprecision

/// A computed Fibonacci number in the form that its algorithm computes with.
///
/// It is not copyable because a big integer is not. What it *says* is always an integer: a floating-point value is
/// kept as it was computed, so that its error can be seen, and stands for the integer nearest to it.
public enum FibonacciValue: ~Copyable, Sendable {
    /// An exact integer in a machine word.
    case machine(UInt64)
    /// An exact integer of any size.
    case integer(BigInteger)
    /// A finite floating-point value before its rounding to an integer.
    case real(Double)

    /// The integer in decimal; a floating-point value is rounded to the nearest one, a tie away from zero.
    public borrowing func decimal() -> String {
        switch self {
        case .machine(let value): String(value)
        case .integer(let value): value.decimal()
        case .real(let value): BigInteger(rounding: value).decimal()
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
        }
    }

    /// The integer as one of any size.
    borrowing func rounded() -> BigInteger {
        switch self {
        case .machine(let value): BigInteger(value)
        case .integer(let value): value.copy()
        case .real(let value): BigInteger(rounding: value)
        }
    }
}
