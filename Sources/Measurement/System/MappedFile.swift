import Glibc

/// A shared mapping of a file's first bytes, unmapped when its owner ends.
///
/// It may be longer than the file: what lies beyond the file's end must not be touched until the file has grown there
/// (Linux then shows it through the same mapping, which LMDB relies on too).
@safe
struct MappedFile: ~Copyable {
    /// Its first byte, at a page boundary.
    let base: UnsafeMutableRawPointer
    /// Its length in bytes.
    let length: Int

    /// Maps `length` bytes, for reading, or for reading and writing.
    init(_ file: borrowing FileDescriptor, length: Int, writable: Bool) throws(SystemCallFailure) {
        let protection = writable ? PROT_READ | PROT_WRITE : PROT_READ
        let mapped = unsafe mmap(nil, length, protection, MAP_SHARED, file.number, 0)
        guard let base = unsafe mapped, unsafe base != MAP_FAILED else { throw .last("mmap", file.path) }
        unsafe self.base = base
        self.length = length
    }

    deinit { unsafe munmap(base, length) }
}
