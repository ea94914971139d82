/// Why a piece of workload text or a combination of settings was refused.
///
/// Each description is one line that says what is wrong and what is allowed; text from outside is quoted with its
/// control characters escaped. The executable maps it to exit code 64.
package enum WorkloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A name that is not in a closed list, such as a task kind or an option of a mix.
    case unknown(what: String, name: String, allowed: [String])
    /// A value that cannot be read, or that is out of range.
    case invalid(what: String, value: String, allowed: String)
    /// An option that was given more than once.
    case repeated(what: String, name: String)
    /// Something that is needed and was not given.
    case missing(what: String, allowed: String)

    /// What is wrong, without the advice.
    package var problem: String {
        switch self {
        case .unknown(let what, let name, _): "unknown \(what) \(name.debugDescription)"
        case .invalid(let what, let value, _): "\(what) cannot be \(value.debugDescription)"
        case .repeated(let what, let name): "\(what) \(name.debugDescription) is given more than once"
        case .missing(let what, _): "\(what) is missing"
        }
    }

    /// What would have been right.
    package var allowed: String {
        switch self {
        case .unknown(_, _, let allowed): allowed.joined(separator: ", ")
        case .invalid(_, _, let allowed), .missing(_, let allowed): allowed
        case .repeated: "once"
        }
    }

    /// The one-line message `problem; allowed: …`.
    package var description: String { "\(problem); allowed: \(allowed)" }
}
