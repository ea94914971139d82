import Glibc

/// A system call that failed: what was tried, on which path, and the kernel's answer.
package struct SystemCallFailure: Error, Equatable, CustomStringConvertible {
    /// The call's name, such as `open`.
    package let operation: String
    /// The file it was about.
    package let path: String
    /// The error number (`errno`).
    package let code: Int32

    /// Describes a failure; `code` is an `errno` value.
    package init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The failure of the call that this thread has just made.
    package static func last(_ operation: String, _ path: String) -> SystemCallFailure {
        SystemCallFailure(operation: operation, path: path, code: errno)
    }

    /// Whether the file, or a folder on the way to it, does not exist.
    package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

    package var description: String {
        unsafe "\(path): \(operation): \(String(cString: strerror(code)))"
    }
}
