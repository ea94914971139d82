internal import CMPFR

/// Which of its two neighbours in the format stands for a result that lies between them.
public enum RoundingMode: String, CaseIterable, Sendable {
    /// The nearer one; of two as near, the one with an even significand. IEEE 754's default.
    case nearest
    /// The one nearer to zero.
    case zero
    /// The greater one.
    case up
    /// The smaller one.
    case down
    /// The one farther from zero.
    case away

    /// MPFR's name for it.
    var mpfr: mpfr_rnd_t {
        switch self {
        case .nearest: MPFR_RNDN
        case .zero: MPFR_RNDZ
        case .up: MPFR_RNDU
        case .down: MPFR_RNDD
        case .away: MPFR_RNDA
        }
    }
}
