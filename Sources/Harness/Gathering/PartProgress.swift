import Measurement
import Workload

/// How far a part is, by the journals that it writes.
struct PartProgress: Sendable {
    private let name: String
    private let folder: String

    /// Looks after the part of that name, which writes into that folder.
    init(of name: String, in folder: String) { (self.name, self.folder) = (name, folder) }

    /// Notes in a card how many tasks there are, and that a worker is at work once all of its journals are there.
    @Sendable func look(_ card: inout PartCard) {
        guard let run = RunFolder(existing: folder) else { return }
        switch card.role {
        case .worker:
            let attempts = own(run.files(endingWith: SlotJournals.attemptsSuffix))
            card.tasks = attempts.reduce(0) { $0 + count($1, AttemptRecord.self) }
            let isAtWork =
                card.journals > 0 && own(run.files(endingWith: SlotJournals.cyclesSuffix)).count >= card.journals
            if card.stage == .ready, isAtWork { card.stage = .working }
        case .load:
            let enqueues = own(run.files(endingWith: SlotJournals.enqueuesSuffix))
            card.tasks = enqueues.reduce(0) { $0 + count($1, EnqueueRecord.self) }
        case .monitor, .sink: break
        }
    }

    private func own(_ paths: [String]) -> [String] { paths.filter { $0.hasPrefix("\(folder)/\(name).") } }

    /// How many records a journal has; none while it is made. One that can't be read is found out when it is collected.
    private func count<Record: JournalRecord>(_ path: String, _: Record.Type) -> Int {
        (try? JournalReader<Record>.openingMade(path)?.count) ?? 0
    }
}
