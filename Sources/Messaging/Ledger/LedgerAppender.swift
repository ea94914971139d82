package import Measurement
import Glibc
import Synchronization

/// The two calls by which a ledger reaches the disk: a parameter, so that tests can have the nth one fail.
package struct LedgerDisk: Sendable {
    /// Writes all bytes at the file's end.
    package var write: @Sendable (borrowing FileDescriptor, [UInt8]) throws(SystemCallFailure) -> Void
    /// Waits until they are on disk.
    package var synchronize: @Sendable (borrowing FileDescriptor) throws(SystemCallFailure) -> Void

    /// The kernel's own, unless told otherwise.
    package init(
        write: @escaping @Sendable (borrowing FileDescriptor, [UInt8]) throws(SystemCallFailure) -> Void = {
            file, bytes throws(SystemCallFailure) in try file.write(bytes)
        },
        synchronize: @escaping @Sendable (borrowing FileDescriptor) throws(SystemCallFailure) -> Void = {
            file throws(SystemCallFailure) in try file.synchronizeData()
        }
    ) {
        self.write = write
        self.synchronize = synchronize
    }
}

/// Appends to one ledger's file, which nobody else writes meanwhile.
///
/// Either all of an append is in the file and on disk, or none of it counts: after a failed write the file is cut back,
/// and a later append tries again. After a failed `fdatasync` nobody knows what is on disk (a second one would say
/// yes), so every later append fails.
final class LedgerAppender: Sendable {
    private struct State {
        var end: Int
        var failure: LedgerError?
    }

    /// What the file had after its last whole message: bytes, now in the file of ``tornPath(of:)``.
    let tornBytes: Int
    private let file: FileDescriptor
    private let disk: LedgerDisk
    private let state: Mutex<State>

    /// Opens or creates a file, hands over what it holds, and moves its torn tail to a file of its own: a kill or a power
    /// cut leaves one, but so does damage in the middle, and then it has messages that somebody may want back.
    ///
    /// - Throws: ``LedgerError``: the file is something else, in use, or can't be written.
    init(_ path: String, disk: LedgerDisk, found: (LedgerEntry) -> Void) throws(LedgerError) {
        file = try LedgerError.translating { () throws(SystemCallFailure) in
            try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT | O_APPEND, mode: 0o644)
        }
        self.disk = disk
        state = Mutex(State(end: 0))
        guard try Self.locked(file) else { throw .inUse(path: path) }
        guard let end = try Self.scanned(file, found) else { throw .foreign(path: path) }
        do throws(SystemCallFailure) {
            tornBytes = max(0, try file.size() - end)
            if tornBytes > 0 {
                try Self.keep(tail: file, from: end, at: Self.tornPath(of: path))
                try file.truncate(to: end)
            }
            // What a killed sink wrote may be in the kernel's hands only; its repeats will be answered as kept.
            try file.synchronize()
            try FileDescriptor(opening: Self.folder(of: path), flags: O_RDONLY | O_DIRECTORY).synchronize()
        } catch {
            throw .system(error)
        }
        state.withLock { $0.end = end }
        if end == 0 { try append(LedgerFile.head) }
    }

    /// Appends bytes; they are on disk when it returns.
    func append(_ bytes: [UInt8]) throws(LedgerError) {
        try state.withLock { state throws(LedgerError) in
            if let failure = state.failure { throw failure }
            do throws(SystemCallFailure) {
                try disk.write(file, bytes)
            } catch {
                state.failure = cutBack(to: state.end)
                throw .system(error)
            }
            do throws(SystemCallFailure) {
                try disk.synchronize(file)
            } catch {
                state.failure = .unsound(error)
                throw .unsound(error)
            }
            state.end += bytes.count
        }
    }

    /// Lets another sink have the file. Nothing may be appended after it.
    func release() { file.unlock() }

    private func cutBack(to end: Int) -> LedgerError? {
        do throws(SystemCallFailure) {
            try file.truncate(to: end)
            return nil
        } catch {
            return .unsound(error)
        }
    }

    /// Where torn tails are kept, one after another.
    static func tornPath(of path: String) -> String { path + ".torn" }

    private static func keep(
        tail file: borrowing FileDescriptor, from start: Int, at path: String
    ) throws(SystemCallFailure) {
        let kept = try FileDescriptor(opening: path, flags: O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        var position = start
        while case let bytes = try file.bytes(at: position, limit: 1 << 20), !bytes.isEmpty {
            try kept.write(bytes)
            position += bytes.count
        }
        try kept.synchronizeData()
    }

    /// The folder that a file is in.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private static func locked(_ file: borrowing FileDescriptor) throws(LedgerError) -> Bool {
        do throws(SystemCallFailure) {
            return try file.lock()
        } catch {
            throw .system(error)
        }
    }

    private static func scanned(
        _ file: borrowing FileDescriptor, _ found: (LedgerEntry) -> Void
    ) throws(LedgerError) -> Int? {
        do throws(SystemCallFailure) {
            return try LedgerFile.scan(file, found)
        } catch {
            throw .system(error)
        }
    }
}
