import Glibc
import Measurement

/// A file that appears under its name complete, or not at all.
///
/// It is written as `<name>.partial` beside it, put on disk and renamed by ``commit()``; one that ends without that is
/// removed. An older file of the name stays until then and is replaced.
struct AtomicFile: ~Copyable {
    private static let bufferBytes = 1 << 18

    private let path: String
    private let partial: FileDescriptor
    private var buffer: [UInt8] = []

    /// Begins a file at `path`.
    init(path: String) throws(ReportingError) {
        let partial = try ReportingError.translating { () throws(SystemCallFailure) in
            try FileDescriptor(opening: path + ".partial", flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        }
        self.path = path
        self.partial = partial
        buffer.reserveCapacity(Self.bufferBytes)
    }

    /// Adds text at its end.
    mutating func append(_ text: String) throws(ReportingError) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// Puts it in its place. Nothing may be added afterwards.
    mutating func commit() throws(ReportingError) {
        try flush()
        try ReportingError.translating { () throws(SystemCallFailure) in
            try partial.synchronize()
            guard unsafe rename(partial.path, path) == 0 else { throw .last("rename", path) }
        }
    }

    private mutating func flush() throws(ReportingError) {
        try ReportingError.translating { () throws(SystemCallFailure) in try partial.write(buffer) }
        buffer.removeAll(keepingCapacity: true)
    }

    // After a commit there is nothing left to remove under that name.
    deinit { unsafe unlink(partial.path) }
}
