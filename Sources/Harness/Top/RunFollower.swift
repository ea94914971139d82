import Measurement

/// Follows a run by what it writes into its folder while it runs: its journals, and its instance's credits.
final class RunFollower {
    private let folder: RunFolder
    private let tail: JournalTail

    init(_ folder: RunFolder) {
        self.folder = folder
        tail = JournalTail(folder: folder)
    }

    /// What there is by now.
    func read() throws(JournalError) -> TopReading.RunReading {
        // From outside nobody knows which processes live: each may still write.
        let journals = folder.files(endingWith: SlotJournals.attemptsSuffix)
        try tail.follow(living: Set(journals.map { SlotJournals.process(ofJournal: $0) }))
        return TopReading.RunReading(
            finished: journals.isEmpty ? nil : tail.finished, p99Microseconds: tail.takeP99(),
            credits: LiveCredits(in: folder.path))
    }
}
