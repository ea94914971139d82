import Glibc
import Measurement

/// A file that appears under its name complete, or not at all; or a stream, of which what was written is gone for good.
///
/// A file is written as `<name>.partial` beside it, put on disk and renamed by ``commit()``; one that ends without that
/// is removed. An older file of the name stays until then and is replaced.
struct OutputFile: ~Copyable {
    /// The name that a file at `path` has until it is whole.
    static func partialName(of path: String) -> String { path + ".partial" }

    private let file: FileDescriptor
    /// The name that the whole file gets; `nil` for a stream.
    private let finalPath: String?
    private let bufferBytes: Int
    private var buffer: [UInt8] = []

    /// Begins a file at `path`.
    init(path: String) throws(ReportingError) {
        file = try ReportingError.translating { () throws(SystemCallFailure) in
            try FileDescriptor(opening: Self.partialName(of: path), flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        }
        finalPath = path
        bufferBytes = 1 << 18
    }

    /// Writes to what is open already. A terminal gets each piece at once.
    init(stream: consuming FileDescriptor) {
        bufferBytes = isatty(stream.number) == 1 ? 1 : 1 << 16
        file = stream
        finalPath = nil
    }

    /// Adds text at its end.
    mutating func append(_ text: String) throws(ReportingError) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= bufferBytes { try flush() }
    }

    /// Puts a file in its place, and gives a stream the last of its text. Nothing may be added afterwards.
    mutating func commit() throws(ReportingError) {
        try flush()
        guard let finalPath else { return }
        try ReportingError.translating { () throws(SystemCallFailure) in
            try file.synchronize()
            guard unsafe rename(file.path, finalPath) == 0 else { throw .last("rename", finalPath) }
        }
    }

    private mutating func flush() throws(ReportingError) {
        try ReportingError.translating { () throws(SystemCallFailure) in try file.write(buffer) }
        buffer.removeAll(keepingCapacity: true)
    }

    // After a commit there is nothing left to remove under that name.
    deinit { if finalPath != nil { unsafe unlink(file.path) } }
}
