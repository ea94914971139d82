import Foundation
import Measurement
import Reporting
import Workload

/// One attempt of one task, as `fibq export tasks` writes it. Times are seconds since the run's first sending.
struct AttemptRow: CSVTable {
    static let fileName = "tasks.csv"
    static let rowMeaning = "an attempt to run a task"

    let key: RunKey
    let worker: String
    let record: AttemptRecord
    let origin: UInt64

    static let attributes: [CSVAttribute<AttemptRow>] = [
        CSVAttribute("producer", .text, derived: { String($0.record.producer, radix: 16) }, "the generator's id"),
        CSVAttribute("sequence", .number, derived: \.record.sequence, "the task's place in the generator's plan"),
        CSVAttribute("task_kind", .text, derived: { TaskKind.name(ofRecord: $0.record.kind) }, "name of the task kind"),
        CSVAttribute("parameter", .number, derived: { Int($0.record.parameter) }, "n, or microseconds for a sleep"),
        CSVAttribute("attempt", .number, derived: { Int($0.record.attempt) }, "1 at the first"),
        CSVAttribute("worker", .text, derived: \.worker, "the process and slot that ran it"),
        CSVAttribute("outcome", .text, derived: { "\($0.record.outcome)" }, "what became of it"),
        CSVAttribute("residue", .number, derived: \.record.residue, "the result modulo 2^61 - 1"),
        CSVAttribute(
            "intended_s", .seconds, derived: { $0.seconds($0.record.intended) }, "when it should have been sent"),
        CSVAttribute("sent_s", .seconds, derived: { $0.seconds($0.record.sent) }, "when it was sent"),
        CSVAttribute("claimed_s", .seconds, derived: { $0.seconds($0.record.claimed) }, "when it was claimed"),
        CSVAttribute("started_s", .seconds, derived: { $0.seconds($0.record.started) }, "when it was begun"),
        CSVAttribute(
            "finished_s", .seconds, derived: { $0.seconds($0.record.finished) }, "when it ended; empty if it did not"),
        CSVAttribute("acked_s", .seconds, derived: { $0.seconds($0.record.acked) }, "when its ack was answered"),
        CSVAttribute("cpu_ns", .nanoseconds, derived: \.record.cpu, "CPU time, where measured by itself"),
        CSVAttribute("io_wait_ns", .nanoseconds, derived: \.record.ioWait, "time waited in the task itself"),
        CSVAttribute(
            "other_wait_ns", .nanoseconds, derived: \.record.runDelay, "time without a core, where measured by itself"),
    ]

    private func seconds(_ instant: UInt64) -> Double? {
        instant == 0 ? nil : (Double(instant) - Double(origin)) / 1e9
    }
}

/// Writes the attempts of a run as CSV, from its journals.
package enum TaskExport {
    /// Writes a header and a line for each attempt.
    ///
    /// - Parameters:
    ///   - folder: the run's.
    ///   - write: takes the text, piece by piece.
    package static func write(_ folder: String, to write: (String) -> Void) throws(HarnessError) {
        guard let run = RunFolder(existing: folder) else {
            throw .usage("\(folder) is no folder of a run")
        }
        do {
            let journals = try RunJournals(folder: run)
            guard !journals.generators.isEmpty || !journals.workers.isEmpty else {
                throw HarnessError.usage("\(folder) holds no journals: they stay on the machine that ran it")
            }
            let origin = journals.generators.compactMap { $0.enqueues.count > 0 ? $0.enqueues[0].sent : nil }.min() ?? 0
            let manifest = try? Manifest.read(from: folder)
            let key = RunKey(
                runID: manifest?.runID ?? run.runID, cellID: manifest?.scenarioName ?? "", repetition: 1)
            write(CSVText.header(of: AttemptRow.self))
            for worker in journals.workers {
                worker.forEachAttempt { attempt in
                    write(CSVText.line(of: AttemptRow(key: key, worker: worker.name, record: attempt, origin: origin)))
                }
            }
        } catch {
            throw HarnessError(error)
        }
    }
}

extension Manifest {
    /// The scenario's name: what the run's tables have for a cell.
    fileprivate var scenarioName: String? {
        guard case .object(let facts) = workload, case .string(let name) = facts["name"] else { return nil }
        return name
    }
}
