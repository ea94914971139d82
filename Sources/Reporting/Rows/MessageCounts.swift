/// What became of a run's messages, by the ledger and the counts of its sink.
package struct MessageCounts: Sendable, Equatable {
    /// Messages that the sink placed.
    package var placed: Int
    /// Placements that it answered with an earlier receipt.
    package var repeated: Int
    /// Placements that it refused, since a later claim of the task had been seen.
    package var refused: Int
    /// Tasks whose message its ledger has more than once.
    package var placedTwice: Int
    /// Acked tasks whose message its ledger does not have; they count as lost.
    package var missing: Int

    /// Counts of the given values.
    package init(placed: Int, repeated: Int, refused: Int, placedTwice: Int, missing: Int) {
        self.placed = placed
        self.repeated = repeated
        self.refused = refused
        self.placedTwice = placedTwice
        self.missing = missing
    }
}
