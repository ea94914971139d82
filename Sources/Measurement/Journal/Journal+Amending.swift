import Glibc
import Synchronization

extension Journal {
    /// Changes records of a journal through a mapping of its own, while their writer, of whatever thread or process, may be
    /// appending others.
    ///
    /// - Parameters:
    ///   - indices: which; nobody else may change, or depend on, these at the same time.
    ///   - body: changes one of them.
    /// - Throws: ``JournalError/system(_:)`` when the file can't be opened.
    /// - Precondition: they are there.
    package static func amend(
        _ path: String, at indices: [Int], _ body: (_ index: Int, _ record: inout Record) -> Void
    ) throws(JournalError) {
        guard let last = indices.max() else { return }
        let mapping = try JournalError.translating { () throws(SystemCallFailure) in
            let file = try FileDescriptor(opening: path, flags: O_RDWR)
            return try MappedFile(file, length: offset(of: last + 1), writable: true)
        }
        let count = unsafe (mapping.base + JournalHeader.countOffset).assumingMemoryBound(
            to: Atomic<UInt64>.self)
        precondition(
            unsafe count.pointee.load(ordering: .acquiring) > last, "no record \(last) in \(path)")
        for index in indices {
            unsafe body(
                index, &(mapping.base + offset(of: index)).assumingMemoryBound(to: Record.self).pointee)
        }
    }

    /// Changes every record of a journal that nobody writes any more, and the instant of its creation.
    ///
    /// - Parameters:
    ///   - start: what becomes of the instant in its header.
    ///   - body: changes one of the records.
    /// - Throws: ``JournalError``: no such file, records of another kind, version or size, or cut short.
    package static func amendAll(
        _ path: String, start: (UInt64) -> UInt64, _ body: (inout Record) -> Void
    ) throws(JournalError) {
        let reader = try JournalReader<Record>(opening: path)
        let (count, created) = (reader.count, reader.header.start)
        let mapping = try JournalError.translating { () throws(SystemCallFailure) in
            let file = try FileDescriptor(opening: path, flags: O_RDWR)
            return try MappedFile(file, length: offset(of: count), writable: true)
        }
        unsafe (mapping.base + JournalHeader.startOffset).storeBytes(of: start(created).littleEndian, as: UInt64.self)
        for index in 0..<count {
            unsafe body(&(mapping.base + offset(of: index)).assumingMemoryBound(to: Record.self).pointee)
        }
    }
}
