import ReliableQueue
import Reporting
package import Workload

/// Runs a plan's cells one after the other, each as a whole run with a server, processes and files of its own.
///
/// It must be used on the process' main thread, like the ``Conductor`` of each run. A run that fails is written down with
/// its reason, and the sweep goes on.
package struct SweepConductor {
    private let settings: SweepSettings
    private let signals: TerminationSignals
    private let source: SourceRevision

    /// A conductor of one sweep. `signals` stop it and the run that it is at: what has ended by then is written.
    package init(_ settings: SweepSettings, signals: TerminationSignals) {
        self.settings = settings
        self.signals = signals
        // Before the folder is made, which might count as a change of the source tree.
        source = SourceRevision.current()
    }

    /// What is still to be run: all, or what a sweep that is to be resumed lacks. Changes nothing.
    package static func outlook(_ settings: SweepSettings) throws(HarnessError) -> SweepCourse {
        do {
            let ended = settings.resumes ? try SweepFolder.ended(settings) : [:]
            return SweepCourse(settings.plan, ended: ended)
        } catch {
            throw HarnessError(error)
        }
    }

    /// Runs it.
    ///
    /// - Returns: the outcome, also of a sweep with failed runs or one that was interrupted.
    /// - Throws: ``HarnessError`` when it can't begin, or can't write down what it did.
    package func run() throws(HarnessError) -> SweepOutcome {
        do {
            var folder = settings.resumes ? try SweepFolder(resuming: settings) : try SweepFolder(beginning: settings)
            try runCells(&folder)
            return try SweepReport(settings: settings, source: source).write(
                folder, wasInterrupted: signals.wasInterrupted)
        } catch {
            throw HarnessError(error)
        }
    }

    private func runCells(_ folder: inout SweepFolder) throws {
        let plan = settings.plan
        var course = SweepCourse(plan, ended: folder.ended(for: plan.stopRule))
        let endedBefore = plan.ended(finished: folder.rows.mapValues(\.parameters)).count
        let progress = try SweepProgress(
            plan, isQuiet: settings.isQuiet, pending: course.pending, endedBefore: endedBefore)
        defer { progress.close() }
        while !signals.stop.isSet, let trial = course.next() {
            progress.begin(trial, pending: course.pending)
            guard let row = try run(trial, in: folder) else { return }
            try folder.record(row)
            course.record(trial, value: row.value(for: plan.stopRule))
            progress.end(trial, row)
        }
    }

    /// Makes one run; `nil` when it was interrupted, so that it counts as not made.
    private func run(_ trial: SweepTrial, in folder: borrowing SweepFolder) throws -> CellRow? {
        let key = RunKey(
            runID: folder.identity.runID, cellID: settings.plan.cellID(trial.cell), repetition: trial.repetition)
        let parameters = settings.plan.labels(of: trial.cell)
        let run = try runSettings(trial, key, output: try folder.clear(settings.plan.name(of: trial)))
        let outcome: RunOutcome
        do throws(HarnessError) {
            outcome = try Conductor(run, signals: signals).run()
        } catch {
            if signals.wasInterrupted { return nil }
            return CellRow(
                key: key, parameters: parameters, status: .failed, reason: "\(error)", latency: nil, demand: nil,
                summary: nil)
        }
        guard outcome.exitCode != 130 else { return nil }
        if settings.discardsJournals { try RunFolder(existing: outcome.folder)?.removeJournals() }
        let (status, reason) = Self.judge(outcome)
        var row = CellRow(
            key: key, parameters: parameters, status: status, reason: reason,
            latency: CellLatency(outcome.latencies),
            demand: TaskDemand(outcome.io, outcome.latencies, areClaimsBeside: run.scenario.wantsSink),
            summary: outcome.summary)
        row.faults = outcome.faults
        return row
    }

    private static func judge(_ outcome: RunOutcome) -> (CellStatus, reason: String) {
        // What a fault did is a result; that it could not be done is a failure.
        guard outcome.faults == nil else { return (outcome.isCarriedOut ? .done : .failed, outcome.reason ?? "") }
        guard outcome.exitCode == 0 else { return (.failed, outcome.reason ?? "") }
        let isUsable = outcome.summary.pace.generators?.isUsable ?? true
        return isUsable ? (.done, outcome.reason ?? "") : (.unusable, "the generator fell behind: see generators.csv")
    }

    private func runSettings(_ trial: SweepTrial, _ key: RunKey, output: String) throws -> RunSettings {
        var run = RunSettings(scenario: try settings.plan.scenario(of: trial))
        run.cell = key
        run.redis = settings.redis
        run.catalogue = settings.catalogue
        run.output = output
        run.isQuiet = true
        run.commandLine = settings.commandLine
        return run
    }
}
