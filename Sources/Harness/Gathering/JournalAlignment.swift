package import Measurement
import Workload

/// Brings the times in the journals of a run's parts, each by the clock of its host, to one clock.
package struct JournalAlignment {
    private let folder: RunFolder
    /// How each part's clock becomes the common one.
    private let clocks: [String: ClockAlignment]

    /// Aligns the journals in a run's folder that these parts have written.
    package init(of folder: RunFolder, by clocks: [String: ClockAlignment]) {
        (self.folder, self.clocks) = (folder, clocks)
    }

    /// Changes the files.
    package func apply() throws(JournalError) {
        var producers: [UInt64: ClockAlignment] = [:]
        for (name, clock) in clocks {
            for path in own(name, SlotJournals.enqueuesSuffix) {
                guard let journal = try JournalReader<EnqueueRecord>.openingMade(path) else { continue }
                producers[UInt64(journal.header.identity.name, radix: 16) ?? 0] = clock
                try align(path, clock) { (record: inout EnqueueRecord) in record.align(to: clock) }
            }
        }
        for (name, clock) in clocks {
            for path in own(name, SlotJournals.attemptsSuffix) {
                // When a task was sent is what its generator's clock said.
                try align(path, clock) { (record: inout AttemptRecord) in
                    record.align(to: clock, sender: producers[record.producer] ?? .identity)
                }
            }
            for path in own(name, SlotJournals.cyclesSuffix) {
                try align(path, clock) { (record: inout CycleRecord) in record.align(to: clock) }
            }
            for path in own(name, SinkFiles.journalSuffix) {
                try align(path, clock) { (record: inout SinkSecondRecord) in record.align(to: clock) }
            }
        }
    }

    private func own(_ name: String, _ suffix: String) -> [String] {
        folder.files(endingWith: suffix).filter { $0.hasPrefix("\(folder.path)/\(name).") }
    }

    /// Changes a file, unless it was left in the making.
    private func align<Record: JournalRecord>(
        _ path: String, _ clock: ClockAlignment, _ body: (inout Record) -> Void
    ) throws(JournalError) {
        guard try JournalReader<Record>.openingMade(path) != nil else { return }
        try Journal<Record>.amendAll(path, start: clock.aligned, body)
    }
}

extension EnqueueRecord {
    fileprivate mutating func align(to clock: ClockAlignment) {
        intended = clock.aligned(intended)
        sent = clock.aligned(sent)
        acked = clock.aligned(acked)
    }
}

extension AttemptRecord {
    fileprivate mutating func align(to clock: ClockAlignment, sender: ClockAlignment) {
        intended = sender.aligned(intended)
        sent = sender.aligned(sent)
        claimed = clock.aligned(claimed)
        started = clock.aligned(started)
        finished = clock.aligned(finished)
        acked = clock.aligned(acked)
    }
}

extension CycleRecord {
    fileprivate mutating func align(to clock: ClockAlignment) {
        requested = clock.aligned(requested)
        claimed = clock.aligned(claimed)
        executed = clock.aligned(executed)
        acked = clock.aligned(acked)
        ackSent = clock.aligned(ackSent)
    }
}

extension SinkSecondRecord {
    fileprivate mutating func align(to clock: ClockAlignment) {
        began = clock.aligned(began)
        ended = clock.aligned(ended)
    }
}
