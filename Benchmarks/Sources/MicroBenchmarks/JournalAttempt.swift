import Foundation
import Measurement

extension MicroBenchmark {
    /// What a worker writes down about a task: a record when it starts, its result, its end, and the answer to its ack.
    static var journalAttempt: MicroBenchmark {
        MicroBenchmark(name: "journal-attempt", iterations: 500_000) { iterations in
            var journal = try makeJournal()
            let now = UInt64(hidden(432_100_987_654_321))
            for number in 0..<iterations {
                let attempt = try journal.append(record(UInt64(number), claimed: now))
                journal.update(at: attempt) { $0.residue = now }
                journal.update(at: attempt) { record in
                    record.finished = now + 2_000
                    record.outcome = .finished
                }
                journal.update(at: attempt) { record in
                    record.acked = now + 500_000
                    record.outcome = .acked
                }
            }
            consume(UInt64(journal.count))
        }
    }

    @inline(__always)
    private static func record(_ sequence: UInt64, claimed now: UInt64) -> AttemptRecord {
        var record = AttemptRecord()
        record.producer = 0x1234_5678
        record.attempt = 1
        record.claimed = now
        record.cycle = 1
        record.kind = 2
        record.sequence = sequence
        record.parameter = 90
        record.intended = now - 500_000
        record.sent = now - 250_000
        record.started = now + 1_000
        record.outcome = .started
        return record
    }

    /// One whose file has no name any more: it goes with the process, however that ends.
    private static func makeJournal() throws -> Journal<AttemptRecord> {
        let path = FileManager.default.temporaryDirectory.appending(path: "fibq-micro-\(UUID().uuidString)").path
        let identity = JournalIdentity(role: "worker", name: "micro", labels: ["fib-iterative"])
        let journal = try Journal<AttemptRecord>(
            creating: path, identity: identity, space: JournalSpace(limitBytes: 1 << 30))
        try FileManager.default.removeItem(atPath: path)
        return journal
    }
}
