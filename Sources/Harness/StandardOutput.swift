@unsafe @preconcurrency import Glibc

/// What was printed, and whether it arrived.
package enum StandardOutput {
    /// Sends off what is still held back.
    ///
    /// - Throws: ``HarnessError/file(path:reason:)`` when a part of all that was printed could not be written: results
    ///   that nobody gets are no success.
    package static func finish() throws(HarnessError) {
        errno = 0
        guard unsafe fflush(stdout) == 0, unsafe ferror(stdout) == 0 else {
            // The failure may have been an earlier one, whose reason is gone.
            let reason = errno == 0 ? "not all of it was taken" : unsafe String(cString: strerror(errno))
            throw .file(path: "standard output", reason: "cannot be written: \(reason)")
        }
    }
}
