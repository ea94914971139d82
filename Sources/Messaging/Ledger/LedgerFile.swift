import Glibc
import Measurement

/// A ledger's file, read back: by the sink that reopens it, and by an audit.
package struct LedgerFile: Sendable {
    /// The messages in the order of the file. A task that is there twice was placed twice.
    package let entries: [LedgerEntry]
    /// Bytes at the end that are no whole frame: what a power cut or a kill left of the last write.
    package let tornBytes: Int

    /// "FIBQLDG1", then the version of the format (u32) and four bytes of 0.
    static let head: [UInt8] = Array("FIBQLDG1".utf8) + [1, 0, 0, 0, 0, 0, 0, 0]
    private static let chunkBytes = 1 << 20

    /// Reads a file, also one that a sink is writing. What follows the first frame that is cut short or damaged counts
    /// as torn: it was never acknowledged. An empty or barely begun file has no messages.
    ///
    /// - Throws: ``LedgerError/system(_:)``, ``LedgerError/foreign(path:)`` when it is something else.
    package static func read(_ path: String) throws(LedgerError) -> LedgerFile {
        var entries: [LedgerEntry] = []
        let end: Int?
        let size: Int
        do throws(SystemCallFailure) {
            let file = try FileDescriptor(opening: path, flags: O_RDONLY)
            end = try scan(file) { entries.append($0) }
            size = try file.size()
        } catch {
            throw .system(error)
        }
        guard let end else { throw .foreign(path: path) }
        return LedgerFile(entries: entries, tornBytes: max(0, size - end))
    }

    /// The numbers of tasks that are there more than once, each with its receipts.
    package var placedTwice: [TaskIdentity: [UInt64]] {
        Dictionary(grouping: entries, by: \.task).mapValues { $0.map(\.number) }.filter { $0.value.count > 1 }
    }

    /// Goes through the whole frames, and answers where they end; `nil` when the file is something else. 0 when not
    /// even its head is whole.
    static func scan(
        _ file: borrowing FileDescriptor, _ found: (LedgerEntry) -> Void
    ) throws(SystemCallFailure) -> Int? {
        let head = try file.bytes(limit: head.count)
        guard head == Self.head else { return Self.head.starts(with: head) ? 0 : nil }
        var end = head.count
        while true {
            let (whole, wanted) = frames(in: try file.bytes(at: end, limit: chunkBytes)[...], found)
            end += whole
            if whole > 0 { continue }
            guard let wanted, wanted > chunkBytes, case let frame = try file.bytes(at: end, limit: wanted),
                frame.count == wanted, let entry = LedgerFrame.entry(of: frame[...])
            else { return end }
            found(entry)
            end += wanted
        }
    }

    /// Takes the whole frames at the beginning of `bytes`; answers how many bytes they are, and how many the next takes.
    private static func frames(
        in bytes: ArraySlice<UInt8>, _ found: (LedgerEntry) -> Void
    ) -> (whole: Int, next: Int?) {
        var rest = bytes
        while let size = LedgerFrame.size(at: rest) {
            guard rest.count >= size, let entry = LedgerFrame.entry(of: rest.prefix(size)) else {
                return (bytes.count - rest.count, size)
            }
            found(entry)
            rest = rest.dropFirst(size)
        }
        return (bytes.count - rest.count, nil)
    }
}
