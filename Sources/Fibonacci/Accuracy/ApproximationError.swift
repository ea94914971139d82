internal import Multiprecision

/// How far a computed value lies from the integer it stands for, before it is rounded to one.
struct ApproximationError {
    /// |x − F|
    let absolute: Double
    /// |x − F| in decimal, to 17 significant digits, also where no Double holds it.
    let absoluteText: String
    /// |x − F| / |F|; nil if only F is zero.
    let relative: Double?
    /// |x − F| in units of 2^(bits of F − precision); nil without a precision, or if F is zero.
    let ulps: Double?

    /// Compares x = `value` with F = `exact`.
    init(of value: borrowing FibonacciValue, against exact: borrowing BigInteger, precisionBits: Int?) {
        let computed = value.rounded()
        // Both numbers and their difference fit: the integer bits of either, the bits behind the point of an x that is
        // not far below 1, and more than a Double's worth for the quotient.
        let workingBits = max(exact.bitCount, computed.bitCount) + (precisionBits ?? 0) + 128
        let reference = Real(exact, precisionBits: workingBits)
        let difference = value.real(precisionBits: workingBits).subtracting(reference)
        absolute = difference.doubleValue.magnitude
        absoluteText = absolute.isFinite ? "\(absolute)" : difference.magnitudeText(significantDigits: 17)
        if exact.isZero {
            relative = absolute == 0 ? 0 : nil
            ulps = nil
        } else {
            relative = difference.divided(by: reference).doubleValue.magnitude
            ulps = precisionBits.map { difference.scaled(byPowerOfTwo: $0 - exact.bitCount).doubleValue.magnitude }
        }
    }
}

extension FibonacciValue {
    /// The value as it was computed, not rounded to an integer.
    fileprivate borrowing func real(precisionBits: Int) -> Real {
        switch self {
        case .machine(let value): Real(BigInteger(value), precisionBits: precisionBits)
        case .integer(let value): Real(value, precisionBits: precisionBits)
        case .real(let value): Real(value, precisionBits: precisionBits)
        case .multiprecision(let value): value.rounded(toPrecisionBits: precisionBits)
        }
    }
}
