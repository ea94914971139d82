package import Measurement

/// Why results could not be written or read.
package enum ReportingError: Error, Equatable, CustomStringConvertible {
    /// The kernel refused a call: disk full, no such folder, not permitted, ….
    case system(SystemCallFailure)
    /// A value could not be turned into JSON, or a file holds no such JSON.
    case json(path: String, reason: String)
    /// The path names nothing that could be written.
    case unfit(path: String, reason: String)

    package var description: String {
        switch self {
        case .system(let failure): failure.description
        case .json(let path, _), .unfit(let path, _): "\(path): \(reason)"
        }
    }

    /// What went wrong, in one line, for a message that names the file already.
    package var reason: String {
        switch self {
        case .system(let failure): failure.reason
        case .json(_, let reason), .unfit(_, let reason):
            reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }

    /// Turns a failed system call into an error of this module.
    static func translating<Value: ~Copyable>(
        _ body: () throws(SystemCallFailure) -> Value
    ) throws(ReportingError) -> Value {
        do throws(SystemCallFailure) {
            return try body()
        } catch {
            throw .system(error)
        }
    }
}
