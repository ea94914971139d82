/// Why a thread's or a process' use of the machine could not be read.
package enum AccountingError: Error, Equatable, CustomStringConvertible {
    /// The kernel refused a call; a process that is gone reads "No such file or directory" or "No such process".
    case system(SystemCallFailure)
    /// A file of `/proc` does not look as proc(5) says.
    case malformed(path: String, text: String)

    package var description: String {
        switch self {
        case .system(let failure): failure.description
        case .malformed(let path, let text): "\(path): unexpected content: \(text.prefix(80))"
        }
    }
}
