import CHiredis

/// The version of the hiredis that this program was built with, for provenance.
package let hiredisVersion = "\(HIREDIS_MAJOR).\(HIREDIS_MINOR).\(HIREDIS_PATCH)"
