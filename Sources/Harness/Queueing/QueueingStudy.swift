import Measurement
import ReliableQueue
package import Reporting
import Workload

/// Holds the waits of a queue with one slot against what the theory of queues predicts of them.
///
/// A short calibration says for how long a task occupies the slot; the rates follow from that and the loads. The prediction is
/// made from what each run then measured.
///
/// It must be used on the process' main thread, which its children's lives are tied to.
package struct QueueingStudy {
    private let settings: QueueingSettings
    private let signals: TerminationSignals
    private let report: (String) -> Void

    /// What came of a study.
    package struct Outcome: StudyOutcome {
        package let folder: String
        /// A row a run.
        package fileprivate(set) var rows: [QueueingRow] = []
        package var wasInterrupted = false
        fileprivate var calibrated: Double?

        package init(folder: String) { self.folder = folder }

        package var isEmpty: Bool { rows.isEmpty }

        /// What is wrong with it, one line; `nil` when every mean wait is as predicted.
        package var problem: String? {
            let off = rows.filter { $0.isWithinTolerance != true }.map(\.key.cellID)
            guard !off.isEmpty else { return nil }
            let cause = wasDisturbed ? "; something else had the processors: make it again on a quiet machine" : ""
            return "more than 10 % off the prediction: \(off.joined(separator: ", "))\(cause)"
        }

        /// True when equal sleeps took so unequal times that the queue is not the one that was meant.
        private var wasDisturbed: Bool {
            rows.contains { $0.model == QueueModel.fixed.rawValue && $0.occupancyVariation > 0.02 }
        }
    }

    /// A study; `report` hears what it is at.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for settings that make no sense.
    package init(
        _ settings: QueueingSettings, signals: TerminationSignals, report: @escaping (String) -> Void
    ) throws(HarnessError) {
        try settings.validate()
        (self.settings, self.signals, self.report) = (settings, signals, report)
    }

    /// Makes the runs, and writes `queueing.csv` and the manifest; also of the runs that ended before one that failed.
    package func run() throws(HarnessError) -> Outcome {
        try StudyCourse(output: settings.output, signals: signals).run(measuring: makeRuns) { outcome, folder in
            try CSVWriter.write(outcome.rows, into: folder.path)
            return StudyRecord(
                files: [QueueingRow.fileName] + outcome.rows.map { "\($0.key.cellID)/\(Manifest.fileName)" },
                seed: settings.seed, facts: facts(outcome), commandLine: settings.commandLine)
        }
    }

    private func makeRuns(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        let points = settings.points
        let runs = ParallelRuns(
            parallel: min(settings.parallel ?? points.count, points.count), stop: signals.stop)
        let bench = SlotBench(service: settings.service, runs: runs, seed: settings.seed)
        report("calibration")
        guard let occupancy = try bench.calibrate(in: folder, name: "calibration") else { return }
        outcome.calibrated = occupancy
        let jobs = try points.enumerated().map { index, point in
            bench.job(
                "\(folder.path)/\(point.cell)", try point.model.mix(service: settings.service),
                .poisson(perSecond: point.load / occupancy), tasks: point.tasks,
                seed: settings.seed &+ UInt64(index + 1))
        }
        let longest = points.map { Double($0.tasks) * occupancy / $0.load }.max() ?? 0
        report(
            "a task occupies the slot for \(HumanNumber.time(microseconds: occupancy * 1e6)); the longest of "
                + "\(jobs.count) runs takes \(HumanNumber.clock(seconds: longest))")
        var ended: Set<String> = []
        defer { removeJournals(of: jobs) }
        do {
            _ = try runs.make(jobs) { job in
                ended.insert(job.folder)
                report("\(job.folder): done")
            }
        } catch {
            try collect(zip(points, jobs).filter { ended.contains($1.folder) }, folder, &outcome)
            throw error
        }
        // Only now, since reading journals takes a processor.
        try collect(zip(points, jobs).filter { ended.contains($1.folder) }, folder, &outcome)
    }

    private func collect(
        _ runs: [(QueueingSettings.Point, ParallelRuns.Job)], _ folder: RunFolder, _ outcome: inout Outcome
    ) throws {
        for (point, job) in runs {
            let run = try SlotBench.existing(job.folder)
            guard let account = SlotAccount(try SlotAccount.Visit.all(in: run)) else {
                throw HarnessError.run("the run in \(job.folder) has too few tasks: say more --tasks")
            }
            let key = RunKey(runID: folder.runID, cellID: point.cell, repetition: 1)
            outcome.rows.append(QueueingRow(key: key, point: point, account, scheduleLagP99: try lag(run)))
        }
        outcome.rows.sort { ($0.model, $0.load) < ($1.model, $1.load) }
    }

    /// How late the run's generator was, 99th percentile, in microseconds.
    private func lag(_ folder: RunFolder) throws -> Double? {
        var lags = LatencyHistogram()
        for generator in try RunJournals(folder: folder).generators {
            generator.enqueues.forEach { _, record in lags.record(record.sent - min(record.sent, record.intended)) }
        }
        return lags.percentile(99)
    }

    private func removeJournals(of jobs: [ParallelRuns.Job]) {
        for job in jobs {
            // What can't be removed is in nobody's way.
            do { try RunFolder(existing: job.folder)?.removeJournals() } catch { report("\(error)") }
        }
    }

    /// The study as the manifest states it.
    private func facts(_ outcome: Outcome) -> [String: JSONValue] {
        [
            "name": .string("queueing"), "loads": .array(settings.loads.map { .number($0) }),
            "tasks": .integer(Int64(settings.tasks)), "service": .string(settings.service.textWithUnit),
            "parallel": .integer(Int64(settings.parallel ?? settings.points.count)),
            "arguments": .array(SlotBench.arguments.map { .string($0) }),
            "calibrated_occupancy_us": outcome.calibrated.map { .number($0 * 1e6) } ?? .null,
        ]
    }
}

extension QueueingRow {
    /// The row of a run with that account.
    init(key: RunKey, point: QueueingSettings.Point, _ account: SlotAccount, scheduleLagP99: Double?) {
        let queue = SingleServerQueue(arrivalRate: account.arrivalRate, service: account.occupancy)
        let load = queue.utilisation
        let p99 = load < 1 ? point.model.wait(share: 0.99, utilisation: load) * account.occupancy.mean : nil
        func microseconds(_ seconds: Double?) -> Double? { seconds.map { $0 * 1e6 } }
        self.init(
            key: key, model: point.model.rawValue, load: point.load, tasks: account.tasks,
            arrivalsPerSecond: account.arrivalRate, occupancyMicroseconds: account.occupancy.mean * 1e6,
            occupancySecondMoment: account.occupancy.secondMoment, utilisation: load,
            mean: Wait(predicted: microseconds(queue.meanWait), measured: account.meanWait * 1e6),
            p99: Wait(predicted: microseconds(p99), measured: account.wait(share: 0.99) * 1e6),
            standardError: queue.relativeError(tasks: account.tasks),
            queueWaitMicroseconds: account.meanQueueWait * 1e6, pickUpMicroseconds: account.pickUp * 1e6,
            setUpMicroseconds: account.setUp.mean * 1e6,
            predictedWithSetUp: microseconds(queue.meanWait(setUp: account.setUp)), busyShare: account.busyShare,
            predictedBusyShare: load < 1 ? queue.busyShare(setUp: account.setUp) : nil,
            scheduleLagP99: scheduleLagP99)
    }
}
