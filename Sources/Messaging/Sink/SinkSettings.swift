/// How a sink is set up.
package struct SinkSettings: Sendable {
    /// Where it listens.
    package var address: SinkAddress
    /// Where it keeps its messages.
    package var storage: LedgerStorage
    /// How it proves who it is.
    package var security = SinkSecurity.plaintext
    /// How it treats its callers.
    package var behaviour = SinkBehaviour()
    /// How many calls one connection may have under way; more wait at the caller. (The transport's own limit is 100,
    /// which would halve what a worker with 200 slots can do.)
    package var mostCallsAtOnce = 10_000
    /// A longer body is refused.
    package var longestBodyBytes = 1 << 20
    /// How long calls in progress have to end once it is told to stop.
    package var grace = Duration.seconds(5)
    /// Where a record a second is written; `nil` is nowhere.
    package var journal: String?
    /// Its name in the journal.
    package var name = "sink"

    /// Told when messages can't be stored, and with `nil` when they can again. It must not block.
    package var onTrouble: @Sendable (LedgerError?) -> Void = { _ in }

    /// An obliging sink.
    package init(address: SinkAddress, storage: LedgerStorage) {
        self.address = address
        self.storage = storage
    }
}
