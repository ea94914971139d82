package import Measurement

/// Follows the journals of a run while they are written: for the live line, and to see progress.
package final class JournalTail {
    private final class File {
        var reader: JournalReader<AttemptRecord>
        var position = 0
        /// Attempts before it that had not ended when they were looked at: tasks that run at the same time.
        var unfinished: [Int] = []

        init?(_ path: String) throws(JournalError) {
            guard let reader = try JournalReader<AttemptRecord>.openingMade(path) else { return nil }
            self.reader = reader
        }
    }

    /// Of more attempts than that in a file some are left out of the live line's latencies, evenly.
    private static let samplesATime = 2_000

    private let folder: RunFolder
    private var files: [String: File] = [:]
    /// The journals of processes that have ended, read to their ends: they are not kept open.
    private var ended: Set<String> = []

    /// Attempts that ran to their end so far.
    package private(set) var finished = 0
    /// When the first claim was made, in nanoseconds of the monotonic clock.
    private(set) var firstClaim: UInt64?
    /// Latencies from the intended start since they were last taken.
    private var recent = LatencyHistogram()

    /// Follows the journals in `folder`.
    package init(folder: RunFolder) {
        self.folder = folder
    }

    /// Reads what has come since the last call.
    ///
    /// - Parameter living: the names of the processes that may still write.
    package func follow(living: Set<String>) throws(JournalError) {
        for path in folder.files(endingWith: SlotJournals.attemptsSuffix)
        where files[path] == nil && !ended.contains(path) {
            files[path] = try File(path)
        }
        for (path, file) in files {
            try read(file)
            guard !living.contains(SlotJournals.process(ofJournal: path)) else { continue }
            files[path] = nil
            ended.insert(path)
        }
    }

    /// The 99th percentile, in µs, of what finished since this was last asked; `nil` when nothing did.
    func takeP99() -> Double? {
        defer { recent = LatencyHistogram() }
        return recent.percentile(99)
    }

    private func read(_ file: File) throws(JournalError) {
        try file.reader.refresh()
        if file.position == 0, file.reader.count > 0 { firstClaim = min(firstClaim ?? .max, file.reader[0].claimed) }
        var done = file.unfinished.count
        file.unfinished.removeAll { note(file.reader[$0]) }
        done -= file.unfinished.count
        // Everything here takes a core away from what is measured.
        let step = 1 + (file.reader.count - file.position) / Self.samplesATime
        file.reader.withRecords { records in
            for index in file.position..<records.count {
                if index % step == 0 ? note(records[index]) : records[index].finished != 0 {
                    done += 1
                } else {
                    file.unfinished.append(index)
                }
            }
        }
        file.position = file.reader.count
        finished += done
    }

    /// Takes an attempt into the latencies; false when it has not ended, and is to be looked at again.
    private func note(_ record: AttemptRecord) -> Bool {
        guard record.finished != 0 else { return false }
        // A task that somebody else put there may claim any time for its own.
        recent.record(min(LatencyHistogram.greatest, record.finished - min(record.intended, record.finished)))
        return true
    }
}
