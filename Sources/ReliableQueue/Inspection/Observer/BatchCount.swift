/// How many batches a queue's producers have enqueued since the first look, told from the last batch of each session.
///
/// Pure. A session that began and ended between two looks is not seen.
package struct BatchCount {
    private var sessions: [String: Int]?
    private var sum = 0

    /// Before the first look.
    package init() {}

    /// Sessions that were there at the last look and are not among these: they have ended.
    package func missing(from batches: [String: Int]) -> [String] {
        (sessions ?? [:]).keys.filter { batches[$0] == nil }.sorted()
    }

    /// Takes a look into account.
    ///
    /// - Parameters:
    ///   - batches: the last batch of each session.
    ///   - ended: that of sessions which have ended since.
    /// - Returns: the count.
    package mutating func note(_ batches: [String: Int], ended: [String: Int]) -> Int {
        if let sessions {
            for (session, last) in batches.merging(ended, uniquingKeysWith: { one, _ in one }) {
                // After a rollback a session is behind what was seen: that is not counted backwards.
                sum += max(0, last - (sessions[session] ?? 0))
            }
        }
        sessions = batches
        return sum
    }
}
