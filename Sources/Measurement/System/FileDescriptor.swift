package import Glibc

/// An open file, closed when its owner ends.
package struct FileDescriptor: ~Copyable {
    /// The kernel's number of it.
    package let number: Int32
    /// Where it was opened, for messages.
    package let path: String

    /// Opens `path` with the flags of `open(2)`; close-on-exec is always added.
    package init(opening path: String, flags: Int32, mode: mode_t = 0) throws(SystemCallFailure) {
        let number = unsafe open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw .last("open", path) }
        self.number = number
        self.path = path
    }

    /// A second descriptor of what `number` is open on; `path` is what messages call it.
    package init(duplicating number: Int32, path: String) throws(SystemCallFailure) {
        let duplicate = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard duplicate >= 0 else { throw .last("fcntl", path) }
        self.number = duplicate
        self.path = path
    }

    deinit { Glibc.close(number) }

    /// Its length in bytes.
    package borrowing func size() throws(SystemCallFailure) -> Int {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw .last("fstat", path) }
        return Int(status.st_size)
    }

    /// Cuts it to `length` bytes.
    package borrowing func truncate(to length: Int) throws(SystemCallFailure) {
        guard ftruncate(number, off_t(length)) == 0 else { throw .last("ftruncate", path) }
    }

    /// Up to `limit` bytes from `offset` on; fewer at the file's end.
    package borrowing func bytes(at offset: Int = 0, limit: Int) throws(SystemCallFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe buffer.baseAddress.map { unsafe $0 + filled }
                return unsafe pread(number, rest, limit - filled, off_t(offset + filled))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .last("read", path) }
            guard got > 0 else { break }
            filled += got
        }
        bytes.removeLast(limit - filled)
        return bytes
    }

    /// Writes all of `bytes` where the file stands.
    package borrowing func write(_ bytes: [UInt8]) throws(SystemCallFailure) {
        var written = 0
        while written < bytes.count {
            let put = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(number, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            if put < 0, errno == EINTR { continue }
            guard put >= 0 else { throw .last("write", path) }
            written += put
        }
    }

    /// Waits until what was written is on disk.
    package borrowing func synchronize() throws(SystemCallFailure) {
        guard fsync(number) == 0 else { throw .last("fsync", path) }
    }

    /// The same for its content and length only, not for its times: cheaper.
    package borrowing func synchronizeData() throws(SystemCallFailure) {
        guard fdatasync(number) == 0 else { throw .last("fdatasync", path) }
    }

    /// Locks it against whoever else asks for the lock, until it is unlocked or closed; false when somebody has it.
    package borrowing func lock() throws(SystemCallFailure) -> Bool {
        if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .last("flock", path) }
        return false
    }

    /// Gives the lock back.
    package borrowing func unlock() { flock(number, LOCK_UN) }

    /// The text of a small file (up to 64 KiB), such as one of `/proc`.
    package static func text(of path: String) throws(SystemCallFailure) -> String {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY)
        return String(decoding: try file.bytes(limit: 65_536), as: UTF8.self)
    }
}
