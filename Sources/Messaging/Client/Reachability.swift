/// Whether a sink can be reached, judged from what came of calls: a value. It changes its mind rarely enough that each
/// change is worth a line on a terminal.
///
/// One miss says little (a connection may just be replaced). Only when nothing was heard for as long as the patience,
/// and a call misses again, is a sink unreachable. One reply, of any status, and it is back.
struct Reachability: Sendable {
    /// A change, and why.
    struct Change: Equatable, Sendable {
        let isReachable: Bool
        let words: String
    }

    /// Whether it counts as reachable.
    private(set) var isReachable = true
    private let patience: UInt64
    private var firstMiss: UInt64?

    /// Patience in nanoseconds.
    init(patience: UInt64) { self.patience = patience }

    /// Notes a reply.
    mutating func replied() -> Change? {
        firstMiss = nil
        if isReachable { return nil }
        isReachable = true
        return Change(isReachable: true, words: "answers again")
    }

    /// Notes that a call got no reply, at a time of the monotonic clock.
    mutating func missed(at now: UInt64, _ words: String) -> Change? {
        let since = firstMiss ?? now
        firstMiss = since
        guard isReachable, now >= since + patience else { return nil }
        isReachable = false
        return Change(isReachable: false, words: words)
    }
}
