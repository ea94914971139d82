import Measurement
import Synchronization

/// A sink's journal: one record a second, so that a kill loses at most the last second.
final class SinkJournal: Sendable {
    private struct State: ~Copyable {
        var journal: Journal<SinkSecondRecord>
        var written = SinkCounts()
        var began = MonotonicClock.nanoseconds()
    }

    private let state: Mutex<State>
    private let tally: SinkTally

    /// Creates it where no file may be yet.
    init(creating path: String, name: String, of tally: SinkTally) throws(JournalError) {
        let identity = JournalIdentity(role: "sink", name: name, labels: [])
        state = Mutex(
            State(journal: try Journal(creating: path, identity: identity, space: JournalSpace(chunkBytes: 1 << 16))))
        self.tally = tally
    }

    /// Appends a record a second until the task is cancelled, then the rest, and ends the file.
    func keep() async throws(JournalError) {
        var next = ContinuousClock.now
        repeat {
            next += .seconds(1)
            // Cancellation ends the pause early: that is when the last record is due.
            try? await Task.sleep(until: next, clock: .continuous)
            try append()
        } while !Task.isCancelled
        try state.withLock { state throws(JournalError) in try state.journal.close() }
    }

    private func append() throws(JournalError) {
        let counts = tally.present
        let now = MonotonicClock.nanoseconds()
        try state.withLock { state throws(JournalError) in
            try state.journal.append(counts.record(since: state.written, from: state.began, to: now))
            state.written = counts
            state.began = now
        }
    }
}
