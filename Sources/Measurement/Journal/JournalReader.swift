import Glibc
import Synchronization

/// Reads a journal, finished or still being written by another process.
///
/// It shows the state at the last ``refresh()``: a fixed number of records, each complete, though its writer may still
/// update one in place. Nothing is copied; a page is read from disk when it is first looked at. Nobody may shorten the
/// file below its records while it is open (its writer never does).
///
/// Public for the sake of inlining, as ``Journal``.
@safe
public struct JournalReader<Record: JournalRecord>: ~Copyable {
    /// Where it is.
    package let path: String
    /// Who wrote it, and since when.
    package let header: JournalHeader
    /// Records readable, as of the last refresh.
    @inlinable public var count: Int { readable }

    private let file: FileDescriptor
    private var mapping: MappedFile
    @usableFromInline var first: UnsafePointer<Record>
    @usableFromInline var readable: Int

    /// Opens a journal and looks how many records there are.
    ///
    /// - Throws: ``JournalError``: no such file, records of another kind, version or size, or cut short.
    package init(opening path: String) throws(JournalError) {
        let file = try JournalError.translating { () throws(SystemCallFailure) in
            try FileDescriptor(opening: path, flags: O_RDONLY)
        }
        let header = try Self.header(of: file)
        let mapping = try Self.mapping(of: file)
        // A writer may have grown the file since it was mapped: the next refresh shows what came in between.
        let count = min(try Self.published(mapping, file), Self.room(in: mapping.length))
        self.path = path
        self.header = header
        self.file = file
        unsafe first = Self.first(in: mapping)
        self.mapping = mapping
        readable = count
    }

    /// Looks how many records there are by now.
    ///
    /// - Throws: ``JournalError/truncated`` when the file is shorter than its count says; the count stays as it was.
    package mutating func refresh() throws(JournalError) {
        let published = try Self.published(mapping, file)
        if published > Self.room(in: mapping.length) {
            mapping = try Self.mapping(of: file)
            unsafe first = Self.first(in: mapping)
        }
        readable = published
    }

    /// The record at `index`, below ``count``.
    @inlinable
    public subscript(index: Int) -> Record {
        precondition(index >= 0 && index < count, "no record \(index) in a journal of \(count)")
        return unsafe first[index]
    }

    /// Gives all records to `body`, without copying them.
    @inlinable
    public borrowing func withRecords<Result, Failure: Error>(
        _ body: (Span<Record>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(records.span)
    }

    /// Calls `body` with each record and its index, from `start` on; none when `start` is at or past the end.
    @inlinable
    public borrowing func forEach<Failure: Error>(
        from start: Int = 0, _ body: (Int, Record) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(start >= 0, "records are counted from 0")
        var index = start
        while index < count {
            unsafe try body(index, first[index])
            index += 1
        }
    }

    @inlinable var records: UnsafeBufferPointer<Record> { unsafe UnsafeBufferPointer(start: first, count: count) }

    private static func first(in mapping: borrowing MappedFile) -> UnsafePointer<Record> {
        unsafe UnsafePointer((mapping.base + JournalHeader.bytes).assumingMemoryBound(to: Record.self))
    }

    private static func mapping(of file: borrowing FileDescriptor) throws(JournalError) -> MappedFile {
        try JournalError.translating { () throws(SystemCallFailure) in
            try MappedFile(file, length: try file.size(), writable: false)
        }
    }

    /// The count in the header, checked against the file's length.
    private static func published(
        _ mapping: borrowing MappedFile, _ file: borrowing FileDescriptor
    ) throws(JournalError) -> Int {
        let count = unsafe (mapping.base + JournalHeader.countOffset)
            .assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .acquiring)
        let size = try JournalError.translating { () throws(SystemCallFailure) in try file.size() }
        guard count <= room(in: size) else { throw .truncated(path: file.path, bytes: size, count: count) }
        return Int(count)
    }

    private static func room(in bytes: Int) -> Int {
        max(0, bytes - JournalHeader.bytes) / MemoryLayout<Record>.stride
    }

    /// The file's header, if it is one of a journal of these records.
    private static func header(of file: borrowing FileDescriptor) throws(JournalError) -> JournalHeader {
        let bytes = try JournalError.translating { () throws(SystemCallFailure) in
            try file.bytes(limit: JournalHeader.bytes)
        }
        let path = file.path
        let magic = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        guard magic == Record.magic else { throw .foreign(path: path, magic: magic, expected: Record.magic) }
        guard bytes.count == JournalHeader.bytes else { throw .truncated(path: path, bytes: bytes.count, count: 0) }
        guard let header = JournalHeader(decoding: bytes) else { throw .damagedHeader(path: path) }
        guard header.schemaVersion == JournalHeader.schemaVersion else {
            throw .schema(path: path, version: header.schemaVersion, expected: JournalHeader.schemaVersion)
        }
        let expected = UInt32(MemoryLayout<Record>.stride)
        guard header.recordSize == expected else {
            throw .recordSize(path: path, size: header.recordSize, expected: expected)
        }
        return header
    }
}

// Sound because the value can't be copied, and it only reads.
extension JournalReader: @unchecked Sendable {}
