import Foundation
import Measurement
import Messaging

/// What a run's own sink writes into the run's folder.
struct SinkFiles {
    /// How the names of its journals end: one a start.
    static let journalSuffix = ".sink.journal"
    /// The name of the file that keeps the messages.
    static let ledgerName = "sink.ledger"

    private let folder: RunFolder

    init(in folder: RunFolder) { self.folder = folder }

    /// The messages themselves.
    var ledger: String { "\(folder.path)/\(Self.ledgerName)" }

    /// The journal of the sink of this name.
    func journal(of name: String) -> String { "\(folder.path)/\(name)\(Self.journalSuffix)" }

    /// What the sink left.
    ///
    /// - Throws: ``LedgerError`` when the ledger can't be read, ``JournalError``.
    func record() throws -> SinkRecord {
        var seconds: [SinkSecondRecord] = []
        for path in folder.files(endingWith: Self.journalSuffix) {
            try JournalReader<SinkSecondRecord>.openingMade(path)?.forEach { _, second in seconds.append(second) }
        }
        // A sink that was stopped before it had begun has none.
        let entries = FileManager.default.fileExists(atPath: ledger) ? try LedgerFile.read(ledger).entries : []
        return SinkRecord(
            ledger: MessageAudit(entries), seconds: seconds.sorted { $0.began < $1.began })
    }
}
