import Glibc

/// How a journal gets room on disk: fills `length` bytes of a file from `offset`, and answers 0 or an `errno`.
///
/// A parameter of the journal, so that tests can have the nth call fail.
package typealias ReserveSpace = @Sendable (_ file: Int32, _ offset: Int, _ length: Int) -> Int32

/// The rules by which a journal's file grows.
package struct JournalSpace: Sendable {
    /// Bytes reserved at a time.
    package var chunkBytes: Int
    /// Bytes it may take in all. That much address space (not memory, not disk) is taken at once.
    package var limitBytes: Int
    /// Gets the room.
    package var reserve: ReserveSpace

    /// Growth by `chunkBytes` (rounded up to 64 KiB, the greatest page) up to `limitBytes`.
    package init(
        chunkBytes: Int = 16 << 20, limitBytes: Int = 64 << 30,
        reserve: @escaping ReserveSpace = JournalSpace.allocate
    ) {
        precondition(chunkBytes > 0, "a chunk has at least one byte")
        let page = 65_536
        self.chunkBytes = (chunkBytes + page - 1) / page * page
        self.limitBytes = max(limitBytes, self.chunkBytes)
        self.reserve = reserve
    }

    /// Grows the file in whole chunks until it has room for `bytes`, and answers its new length.
    func extend(_ file: borrowing FileDescriptor, from length: Int, toHold bytes: Int) throws(JournalError) -> Int {
        let chunks = (bytes - length + chunkBytes - 1) / chunkBytes
        let growth = chunks * chunkBytes
        guard length + growth <= limitBytes else { throw .full(path: file.path, limitBytes: limitBytes) }
        let code = reserve(file.number, length, growth)
        guard code == 0 else {
            throw .system(SystemCallFailure(operation: "reserve \(growth) bytes", path: file.path, code: code))
        }
        return length + growth
    }

    /// Reserves blocks on disk (`posix_fallocate`), so that a full disk is an error here and not a bus error at a
    /// later store.
    package static let allocate: ReserveSpace = { file, offset, length in
        while true {
            let code = posix_fallocate(file, off_t(offset), off_t(length))
            if code != EINTR { return code }
        }
    }
}
