internal import CGMP

/// An integer of any size, owned by GMP: an `mpz_t` at a fixed address, which the value holds for its whole life.
///
/// It is not copyable, so that no number of megabytes is copied unseen: `copy()` says when one is. Arithmetic changes
/// the receiver in place and reuses its memory. An operand may never be the receiver itself (exclusivity forbids it);
/// where that would be wanted there is an operation of its own, such as `square()`.
///
/// A value may be read from several threads at once. Its magnitude is bounded by `maximumBitCount`; beyond it, or
/// when memory runs out, GMP ends the process with a message of its own.
@safe
public struct BigInteger: ~Copyable, @unchecked Sendable {
    /// The address of the number. It never leaves this module.
    let mpz: UnsafeMutablePointer<__mpz_struct>

    /// How many bits a magnitude may have: GMP counts its 64-bit words in 31 bits.
    public static let maximumBitCount = Int(Int32.max) * UInt64.bitWidth

    /// Zero, with room for magnitudes of that many bits before memory is asked for again.
    public init(minimumBitCapacity: Int = 0) {
        precondition(minimumBitCapacity >= 0, "a capacity is not negative")
        unsafe self.init { unsafe fibq_mpz_init2($0, UInt64(minimumBitCapacity)) }
    }

    /// The number `value`.
    public init(_ value: UInt64) {
        unsafe self.init { unsafe fibq_mpz_init_set_ui($0, value) }
    }

    /// The number `value`.
    public init(_ value: Int) {
        unsafe self.init { unsafe fibq_mpz_init_set_si($0, Int64(value)) }
    }

    /// The integer nearest to `value`, a tie going away from zero. A value that is not finite is a programmer's error.
    public init(rounding value: Double) {
        precondition(value.isFinite, "only a finite number has a nearest integer")
        unsafe self.init { unsafe fibq_mpz_init_set_d($0, value.rounded()) }
    }

    /// The number F(n) by GMP's own `mpz_fib_ui` (two squarings for each bit of n, and a table for small n).
    ///
    /// F(n) has about 0.694 n bits; it is a programmer's error to ask for more than `maximumBitCount` of them.
    public init(fibonacci n: UInt64) {
        unsafe self.init {
            unsafe fibq_mpz_init($0)
            unsafe fibq_mpz_fib_ui($0, n)
        }
    }

    /// F(n), and F(n−1) in `before`, by GMP's own `mpz_fib2_ui`. The limit is that of `init(fibonacci:)`.
    public init(fibonacci n: UInt64, before: inout BigInteger) {
        let other = unsafe before.mpz
        unsafe self.init {
            unsafe fibq_mpz_init($0)
            unsafe fibq_mpz_fib2_ui($0, other, n)
        }
    }

    /// Takes a new address and has `initialize` put a number there.
    private init(_ initialize: (UnsafeMutablePointer<__mpz_struct>) -> Void) {
        unsafe mpz = .allocate(capacity: 1)
        unsafe initialize(mpz)
    }

    deinit {
        unsafe fibq_mpz_clear(mpz)
        unsafe mpz.deallocate()
    }

    /// A second integer of the same value. Cost: one allocation and a copy of the number.
    public borrowing func copy() -> BigInteger {
        let source = unsafe mpz
        return unsafe BigInteger { unsafe fibq_mpz_init_set($0, source) }
    }
}
