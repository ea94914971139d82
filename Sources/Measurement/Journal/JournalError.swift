/// Why a journal could not be written or read.
public enum JournalError: Error, Equatable, CustomStringConvertible {
    /// The kernel refused a call: disk full (`ENOSPC`), over quota (`EDQUOT`), no such file, ….
    case system(SystemCallFailure)
    /// The journal reached the limit it was created with.
    case full(path: String, limitBytes: Int)
    /// Role, name and labels don't fit in the header.
    case identityTooLong(path: String, bytes: Int, limit: Int)
    /// The file begins with something else than these records' magic number.
    case foreign(path: String, magic: UInt64, expected: UInt64)
    /// It was written by another version of the format.
    case schema(path: String, version: UInt32, expected: UInt32)
    /// Its records are of another size.
    case recordSize(path: String, size: UInt32, expected: UInt32)
    /// The file is shorter than its header or its count says.
    case truncated(path: String, bytes: Int, count: UInt64)
    /// The header's text area is damaged.
    case damagedHeader(path: String)

    /// A message a person can act on.
    public var description: String {
        switch self {
        case .system(let failure):
            failure.description
        case .full(let path, let limit):
            "\(path): the journal reached its limit of \(limit) bytes"
        case .identityTooLong(let path, let bytes, let limit):
            "\(path): role, name and labels take \(bytes) bytes of a journal's header, which has \(limit)"
        case .foreign(let path, let magic, let expected):
            "\(path): not such a journal (begins with \(hex(magic)), not with \(hex(expected)))"
        case .schema(let path, let version, let expected):
            "\(path): journal of version \(version); this program reads version \(expected)"
        case .recordSize(let path, let size, let expected):
            "\(path): records of \(size) bytes; this program's have \(expected)"
        case .truncated(let path, let bytes, let count):
            "\(path): cut short: \(bytes) bytes can't hold the header and \(count) records"
        case .damagedHeader(let path):
            "\(path): the journal's header is damaged"
        }
    }

    /// Turns a failed system call into a journal's error.
    static func translating<Value: ~Copyable>(
        _ body: () throws(SystemCallFailure) -> Value
    ) throws(JournalError) -> Value {
        do throws(SystemCallFailure) {
            return try body()
        } catch {
            throw .system(error)
        }
    }

    private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
