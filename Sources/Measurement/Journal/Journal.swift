import Glibc
public import Synchronization

/// An append-only file of fixed-size records that a `kill -9` of its writer loses none of.
///
/// Records are stored through a shared mapping, so what was appended is the kernel's at once and survives the process
/// (not a power cut). The count in the header is raised, with release ordering, after the record is complete: a reader
/// never sees a record before it is whole. One writer, which the compiler sees to: a journal can't be copied. An append
/// allocates nothing and makes no system call, except once a chunk to reserve space: about 0.1 µs, most of it the
/// kernel's for handing out fresh pages.
///
/// Nobody may shorten the file while it is open.
///
/// It is public, and what it names, since only public functions are inlined where other modules call them.
@safe
public struct Journal<Record: JournalRecord>: ~Copyable {
    /// Where it is.
    package let path: String
    /// Records appended so far.
    @inlinable public var count: Int { appended }

    private let file: FileDescriptor
    private let mapping: MappedFile
    private let space: JournalSpace
    private var reservedBytes: Int
    private var isClosed = false
    // What each append needs; what appends is inlined where it is called.
    @usableFromInline let first: UnsafeMutablePointer<Record>
    @usableFromInline let published: UnsafeMutablePointer<Atomic<UInt64>>
    @usableFromInline var appended = 0
    /// Records that the reserved space holds; the present count once closed, so that the next append looks closer.
    @usableFromInline var capacity: Int

    /// Creates a journal at `path`, where no file may be yet, and reserves its first chunk.
    ///
    /// - Throws: ``JournalError/system(_:)`` (exists already, no space, …) or ``JournalError/identityTooLong``. No file
    ///   is left then.
    package init(
        creating path: String, identity: JournalIdentity, space: JournalSpace = JournalSpace()
    ) throws(JournalError) {
        precondition(MemoryLayout<Record>.stride % 8 == 0, "a record's stride is a multiple of 8")
        let header = try Self.header(identity, path)
        let file = try JournalError.translating { () throws(SystemCallFailure) in
            try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o644)
        }
        let mapping: MappedFile
        let reservedBytes: Int
        do throws(JournalError) {
            reservedBytes = try space.extend(file, from: 0, toHold: Self.offset(of: 1))
            mapping = try JournalError.translating { () throws(SystemCallFailure) in
                try MappedFile(file, length: space.limitBytes, writable: true)
            }
        } catch {
            unsafe unlink(path)
            throw error
        }
        self.path = path
        self.file = file
        unsafe first = (mapping.base + Self.offset(of: 0)).assumingMemoryBound(to: Record.self)
        unsafe published = (mapping.base + JournalHeader.countOffset).assumingMemoryBound(to: Atomic<UInt64>.self)
        self.mapping = mapping
        self.space = space
        self.reservedBytes = reservedBytes
        capacity = Self.capacity(of: reservedBytes)
        write(header)
    }

    /// Appends a record and answers its index.
    ///
    /// - Throws: ``JournalError/system(_:)`` when the disk has no room for the next chunk, ``JournalError/full`` at the
    ///   journal's limit. Nothing is appended then, and a later append tries again.
    @inlinable
    @discardableResult
    public mutating func append(_ record: Record) throws(JournalError) -> Int {
        let index = appended
        if index == capacity { try grow() }
        unsafe (first + index).initialize(to: record)
        appended = index + 1
        unsafe published.pointee.store(UInt64(appended), ordering: .releasing)
        return index
    }

    /// Changes a record in place. A reader at the same time may see some of its fields changed and others not yet.
    @inlinable
    public mutating func update(at index: Int, _ body: (inout Record) -> Void) {
        precondition(index >= 0 && index < count, "no record \(index) in a journal of \(count)")
        unsafe body(&first[index])
    }

    /// Gives reserved space that was not used back. Records may still be updated, but none appended.
    ///
    /// A journal that ends without it is just as readable, only longer on disk.
    package mutating func close() throws(JournalError) {
        isClosed = true
        capacity = count
        try JournalError.translating { () throws(SystemCallFailure) in
            try file.truncate(to: Self.offset(of: count))
        }
    }

    @usableFromInline
    mutating func grow() throws(JournalError) {
        precondition(!isClosed, "append to a closed journal")
        reservedBytes = try space.extend(file, from: reservedBytes, toHold: Self.offset(of: count + 1))
        capacity = Self.capacity(of: reservedBytes)
    }

    /// Writes the header, the magic number last: one that a kill cuts short is recognised as none.
    private func write(_ header: [UInt8]) {
        let body = header.dropFirst(8)
        unsafe UnsafeMutableRawBufferPointer(start: mapping.base + 8, count: body.count).copyBytes(from: body)
        unsafe mapping.base.assumingMemoryBound(to: Atomic<UInt64>.self).pointee
            .store(Record.magic, ordering: .releasing)
    }

    static func offset(of index: Int) -> Int {
        JournalHeader.bytes + index * MemoryLayout<Record>.stride
    }

    private static func capacity(of bytes: Int) -> Int {
        (bytes - JournalHeader.bytes) / MemoryLayout<Record>.stride
    }

    private static func header(_ identity: JournalIdentity, _ path: String) throws(JournalError) -> [UInt8] {
        let header = JournalHeader(
            magic: Record.magic, recordSize: UInt32(MemoryLayout<Record>.stride), process: getpid(),
            start: MonotonicClock.nanoseconds(), startUnix: MonotonicClock.read(CLOCK_REALTIME), identity: identity)
        let bytes = header.encoded()
        guard bytes.count <= JournalHeader.bytes else {
            throw .identityTooLong(path: path, bytes: bytes.count, limit: JournalHeader.bytes)
        }
        return bytes
    }
}

// Sound because the value can't be copied: whoever owns it is the only one that reaches the mapping through it.
extension Journal: @unchecked Sendable {}
