import Measurement

extension JournalReader {
    /// Opens a journal that may be in the making: `nil` while its header is not written. A process that was killed in
    /// that moment has left it so, and nothing else.
    static func openingMade(_ path: String) throws(JournalError) -> JournalReader? {
        do throws(JournalError) {
            return try JournalReader(opening: path)
        } catch {
            switch error {
            case .foreign(_, magic: 0, _): return nil
            default: throw error
            }
        }
    }
}
