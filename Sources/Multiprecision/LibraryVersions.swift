import CGMP
import CMPFR

/// The versions of the C libraries that this program runs with, for provenance.
package enum LibraryVersions {
    /// GMP's own word, such as "6.2.1".
    package static var gmp: String { unsafe String(cString: fibq_gmp_version()) }
    /// MPFR's own word, such as "4.2.0".
    package static var mpfr: String { unsafe String(cString: mpfr_get_version()) }
}
