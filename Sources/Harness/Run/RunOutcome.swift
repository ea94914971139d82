package import Reporting

/// How a run ended.
package struct RunOutcome: Sendable {
    /// The folder with the run's files.
    package let folder: String
    /// The table for whoever ran it.
    package let table: String
    /// Its line of `summary.csv`.
    package let summary: SummaryRow
    /// Its rows of `latency.csv`.
    package let latencies: [LatencyRow]
    /// Its rows of `io.csv`.
    package let io: [IORow]
    /// Its rows of `faults.csv`; `nil` for a run without faults.
    package let faults: [FaultRow]?
    /// What went wrong, in one line that also says where the files are if need be; `nil` when nothing did.
    package let problem: String?
    /// What went wrong, without the folder's name, for files that are read elsewhere; `nil` when nothing did.
    package let reason: String?
    /// True when it was carried out as planned, whatever came of it.
    package let isCarriedOut: Bool
    /// 0; 1 when tasks were lost, messages placed twice, results are wrong or the plan was not carried out; 69 when
    /// Redis went away; 130 when it was interrupted.
    package let exitCode: Int32

    /// Judges a run.
    init(
        folder: String, table: String, summary: SummaryRow, latencies: [LatencyRow], io: [IORow], faults: [FaultRow]?,
        record: RunRecord
    ) {
        self.folder = folder
        self.table = table
        self.summary = summary
        self.latencies = latencies
        self.io = io
        self.faults = faults
        let defect = Self.defect(summary.counts, summary.messages)
        let shortfall =
            faults?.isEmpty == true
            ? "no fault was injected" : Self.shortfall(summary.counts, planned: summary.setup.tasksPlanned)
        isCarriedOut = shortfall == nil && record.failure == nil
        if record.wasInterrupted {
            (exitCode, reason) = (130, defect ?? "interrupted")
            problem = "interrupted; " + (defect.map { $0 + "; " } ?? "") + "what was measured so far is in \(folder)"
        } else if let failure = record.failure {
            (exitCode, reason) = (failure.exitCode, "\(failure)")
            problem = "\(failure); what was measured is in \(folder)"
        } else {
            reason = defect ?? shortfall
            (exitCode, problem) = (reason == nil ? 0 : 1, reason)
        }
    }

    private static func shortfall(_ counts: TaskCounts, planned: Int) -> String? {
        guard counts.sent + counts.unacknowledged < planned else { return nil }
        return "only \(counts.sent) of \(planned) planned tasks were sent"
    }

    private static func defect(_ counts: TaskCounts, _ messages: MessageCounts?) -> String? {
        if let twice = messages?.placedTwice, twice > 0 { return "\(twice) messages were placed twice" }
        if let lost = counts.lost, lost > 0 { return "\(lost) acknowledged tasks are lost" }
        if counts.wrongResults > 0 { return "\(counts.wrongResults) results of exact algorithms are wrong" }
        return nil
    }
}
