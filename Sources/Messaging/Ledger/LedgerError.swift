package import Measurement

/// Why a ledger could not be opened, read or written.
package enum LedgerError: Error, Equatable, CustomStringConvertible {
    /// The kernel refused a call: disk full, no such folder, ….
    case system(SystemCallFailure)
    /// The file is no ledger, or one of another version.
    case foreign(path: String)
    /// Another process writes it.
    case inUse(path: String)
    /// What was written did not reach the disk: nothing more is stored until the sink starts anew.
    case unsound(SystemCallFailure)

    /// One line that says what to do.
    package var description: String {
        switch self {
        case .system(let failure): failure.description
        case .foreign(let path): "\(path): not a ledger of this program: give another file, or move this one away"
        case .inUse(let path): "\(path): another sink writes this ledger"
        case .unsound(let failure): "\(failure); the sink must be restarted"
        }
    }

    /// Turns a failed system call into a ledger's error.
    static func translating<Value: ~Copyable>(
        _ body: () throws(SystemCallFailure) -> Value
    ) throws(LedgerError) -> Value {
        do throws(SystemCallFailure) {
            return try body()
        } catch {
            throw .system(error)
        }
    }
}
