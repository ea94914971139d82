/// A fixed-size record that a journal can hold: plain bytes, no references.
///
/// Its stride must be a multiple of 8. Any bit pattern must be a valid value of each stored property (no enums, no
/// `Bool`), since a reader takes them from a file.
public protocol JournalRecord: BitwiseCopyable, Sendable {
    /// What a journal of these records begins with; different for each kind of record.
    static var magic: UInt64 { get }
}
