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
        case .json(let path, let reason), .unfit(let path, let reason): "\(path): \(reason)"
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
