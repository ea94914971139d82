import Foundation
import Measurement

/// The names of the journals that a run's processes write, and how they are made.
struct SlotJournals {
    /// The run's folder.
    let folder: String
    /// The process: "worker-1.2" is the second incarnation of the first worker.
    let process: String
    let slot: Int
    /// How many slots share the disk and the address space.
    let slots: Int

    static let attemptsSuffix = ".attempts.journal"
    static let cyclesSuffix = ".cycles.journal"
    static let enqueuesSuffix = ".enqueues.journal"

    /// The process that a journal is of, by its path or its name: `worker-1.2` for `…/worker-1.2.slot-0.attempts.journal`.
    static func process(ofJournal path: String) -> String {
        let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
        guard let slot = name.range(of: ".slot-", options: .backwards) else { return String(name) }
        return String(name[..<slot.lowerBound])
    }

    func createAttempts() throws(JournalError) -> Journal<AttemptRecord> {
        try Journal(creating: path + Self.attemptsSuffix, identity: identity, space: space)
    }

    func createCycles() throws(JournalError) -> Journal<CycleRecord> {
        try Journal(creating: path + Self.cyclesSuffix, identity: identity, space: space)
    }

    private var space: JournalSpace {
        let share = max(1, slots / 4)
        return JournalSpace(chunkBytes: max(1 << 18, (16 << 20) / share), limitBytes: (64 << 30) / share)
    }

    private var path: String { "\(folder)/\(process).slot-\(slot)" }

    private var identity: JournalIdentity {
        JournalIdentity(role: "worker", name: "\(process).slot-\(slot)", labels: JournalLabels.all)
    }
}
