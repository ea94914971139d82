package import Measurement

/// The journals of one run, opened for reading: what every process wrote down, and all that the analysis needs.
package struct RunJournals {
    let workers: [WorkerJournals]
    let generators: [GeneratorJournals]

    /// Opens every journal in the folder. A worker that was killed while it made its files may have left only one of
    /// two; it had not run anything by then.
    package init(folder: RunFolder) throws(JournalError) {
        var workers: [WorkerJournals] = []
        let cycleFiles = Set(folder.files(endingWith: SlotJournals.cyclesSuffix))
        for path in folder.files(endingWith: SlotJournals.attemptsSuffix) {
            let cycles = path.replacingSuffix(SlotJournals.attemptsSuffix, by: SlotJournals.cyclesSuffix)
            guard cycleFiles.contains(cycles), let worker = try WorkerJournals(attempts: path, cycles: cycles)
            else { continue }
            workers.append(worker)
        }
        var generators: [GeneratorJournals] = []
        for path in folder.files(endingWith: SlotJournals.enqueuesSuffix) {
            let cycles = path.replacingSuffix(SlotJournals.enqueuesSuffix, by: SlotJournals.cyclesSuffix)
            guard cycleFiles.contains(cycles), let generator = try GeneratorJournals(enqueues: path, cycles: cycles)
            else { continue }
            generators.append(generator)
        }
        self.workers = workers
        self.generators = generators
    }
}

/// One slot's attempts and cycles.
final class WorkerJournals {
    let attempts: JournalReader<AttemptRecord>
    let cycles: JournalReader<CycleRecord>

    /// `nil` when the worker was killed before it had made both.
    init?(attempts: String, cycles: String) throws(JournalError) {
        guard let attempts = try JournalReader<AttemptRecord>.openingMade(attempts),
            let cycles = try JournalReader<CycleRecord>.openingMade(cycles)
        else { return nil }
        self.attempts = attempts
        self.cycles = cycles
    }

    /// The process and slot that wrote them.
    var name: String { attempts.header.identity.name }

    /// The cycle in which an attempt ran.
    func cycle(of attempt: AttemptRecord) -> CycleRecord {
        Int(attempt.cycle) < cycles.count ? cycles[Int(attempt.cycle)] : CycleRecord()
    }

    /// The attempt at `index`, with what became of its claim filled in: a worker notes the answer to a whole claim's ack
    /// once, with the claim.
    func resolved(_ index: Int) -> AttemptRecord {
        var attempt = attempts[index]
        guard attempt.outcome == .finished else { return attempt }
        let cycle = cycle(of: attempt)
        attempt.outcome = cycle.ack.outcome
        if cycle.ack != .none {
            attempt.acked = cycle.acked
        } else if cycle.executed != 0 {
            // Everything was run and the ack was about to be sent, or was: the worker did not live to see the answer.
            attempt.outcome = .acking
        }
        return attempt
    }

    /// Visits every attempt, resolved, in the order in which they were begun.
    func forEachAttempt(_ body: (AttemptRecord) -> Void) {
        for index in 0..<attempts.count { body(resolved(index)) }
    }
}

/// One generator's enqueues and cycles.
final class GeneratorJournals {
    let enqueues: JournalReader<EnqueueRecord>
    let cycles: JournalReader<CycleRecord>
    /// The process that wrote them.
    let name: String
    /// The generator's part of its tasks' ids.
    let producer: UInt64

    /// `nil` when the generator was killed before it had made both.
    init?(enqueues enqueuesPath: String, cycles: String) throws(JournalError) {
        guard let enqueues = try JournalReader<EnqueueRecord>.openingMade(enqueuesPath),
            let cycles = try JournalReader<CycleRecord>.openingMade(cycles)
        else { return nil }
        self.enqueues = enqueues
        self.cycles = cycles
        name = enqueuesPath.split(separator: "/").last.map { $0.dropLast(SlotJournals.enqueuesSuffix.count) + "" } ?? ""
        producer = UInt64(self.enqueues.header.identity.name, radix: 16) ?? 0
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, by other: String) -> String {
        dropLast(suffix.count) + other
    }
}
