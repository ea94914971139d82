import Glibc

/// A system call that failed: what was tried, on which path, and the kernel's answer.
public struct SystemCallFailure: Error, Equatable, CustomStringConvertible {
    /// The call's name, such as `open`.
    public let operation: String
    /// The file it was about.
    public let path: String
    /// The error number (`errno`).
    public let code: Int32

    /// Describes a failure; `code` is an `errno` value.
    public init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The failure of the call that this thread has just made.
    public static func last(_ operation: String, _ path: String) -> SystemCallFailure {
        SystemCallFailure(operation: operation, path: path, code: errno)
    }

    /// Whether the file, or a folder on the way to it, does not exist.
    public var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

    /// The call and the system's words, for a message that names the file already.
    public var reason: String { unsafe "\(operation): \(String(cString: strerror(code)))" }

    /// The file, the call and the system's words.
    public var description: String { "\(path): \(reason)" }
}
