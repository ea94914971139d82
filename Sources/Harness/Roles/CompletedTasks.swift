import Measurement

/// How many tasks have ended, by the journals that workers on this host write into a run's folder.
///
/// An attempt that failed counts, too, and so does the one after it: a closed loop sends a task more then.
struct CompletedTasks {
    /// How often it looks for journals of workers that were started meanwhile, in nanoseconds.
    private static let searchPeriod: UInt64 = 50_000_000

    private final class File {
        private var reader: JournalReader<AttemptRecord>
        private var position = 0
        /// Attempts before it that had not ended when they were looked at.
        private var unfinished: [Int] = []

        /// How many have ended.
        var ended: Int { position - unfinished.count }

        /// `nil` for one in the making.
        init?(_ path: String) throws(JournalError) {
            guard let reader = try JournalReader<AttemptRecord>.openingMade(path) else { return nil }
            self.reader = reader
        }

        func advance() throws(JournalError) {
            try reader.refresh()
            unfinished.removeAll { reader[$0].finished != 0 }
            for index in position..<reader.count where reader[index].finished == 0 { unfinished.append(index) }
            position = reader.count
        }
    }

    private let folder: RunFolder
    private var files: [String: File] = [:]
    private var lastSearch: UInt64 = 0

    /// Follows the journals in a folder.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when there is no such folder.
    init(folder: String) throws(HarnessError) {
        guard let folder = RunFolder(existing: folder) else {
            throw .usage("a closed loop needs the folder that the workers write their journals to: say --journals")
        }
        self.folder = folder
    }

    /// Tasks that have ended by now.
    mutating func count() throws(JournalError) -> Int {
        let now = MonotonicClock.nanoseconds()
        if now - lastSearch >= Self.searchPeriod {
            lastSearch = now
            for path in folder.files(endingWith: SlotJournals.attemptsSuffix) where files[path] == nil {
                files[path] = try File(path)
            }
        }
        var sum = 0
        for file in files.values {
            try file.advance()
            sum += file.ended
        }
        return sum
    }
}
