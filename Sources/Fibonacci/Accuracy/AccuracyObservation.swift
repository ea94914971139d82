/// How right one algorithm was at one n.
///
/// `exact`, `computed`, `isExact` and `correctDigits` are about the integer that the algorithm's value says. The three
/// errors are of the value before its rounding to an integer: a Double x against F(n). They include what the formula
/// itself leaves out (for `binet`, |ψⁿ / √5|), and are computed with so many bits that only their own last rounding, to a
/// Double, shows.
public struct AccuracyObservation: Sendable, Equatable {
    /// The index of the Fibonacci number.
    public let n: Int
    /// The algorithm's name.
    public let algorithm: String
    /// The size in bits of the significand it computed with; nil for exact integer arithmetic.
    public let precisionBits: Int?
    /// F(n) in decimal, all digits.
    public let exact: String
    /// The computed integer in decimal, all digits.
    public let computed: String
    /// |x − F(n)|; infinite if a Double cannot hold it.
    public let absoluteError: Double
    /// |x − F(n)| in decimal: `absoluteError` as Swift writes it, or 17 significant digits where a Double cannot hold it.
    public let absoluteErrorText: String
    /// |x − F(n)| / |F(n)|; nil for F(0) = 0 missed.
    public let relativeError: Double?
    /// |x − F(n)| in units in the last place: 2^(k − precision), where k is the number of bits of F(n). That is the
    /// spacing of the format's numbers around the exact value. Nil for integer arithmetic, and at F(0) = 0, where there
    /// is no such spacing.
    public let ulpError: Double?
    /// How many digits agree from the left before the first that doesn't; 0 if `computed` has more or fewer digits than
    /// `exact`, since then none stands at the same place.
    public let correctDigits: Int
    /// Whether `computed` is F(n).
    public let isExact: Bool
}
