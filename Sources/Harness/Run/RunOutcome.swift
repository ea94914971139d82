import Reporting

/// How a run ended.
package struct RunOutcome: Sendable {
    /// The folder with the run's files.
    package let folder: String
    /// The table for whoever ran it.
    package let table: String
    /// What went wrong, in one line; `nil` when nothing did.
    package let problem: String?
    /// 0; 1 when tasks were lost, messages placed twice, results are wrong or the plan was not carried out; 69 when Redis went away; 130 when it
    /// was interrupted.
    package let exitCode: Int32

    /// Judges a run.
    init(
        folder: String, table: String, planned: Int?, counts: TaskCounts, messages: MessageCounts?, record: RunRecord
    ) {
        self.folder = folder
        self.table = table
        let defect = Self.defect(counts, messages)
        if record.wasInterrupted {
            exitCode = 130
            problem = "interrupted; " + (defect.map { $0 + "; " } ?? "") + "what was measured so far is in \(folder)"
        } else if let failure = record.failure {
            (exitCode, problem) = (failure.exitCode, "\(failure); what was measured is in \(folder)")
        } else if let defect {
            (exitCode, problem) = (1, defect)
        } else if let planned, counts.sent + counts.unacknowledged < planned {
            (exitCode, problem) = (1, "only \(counts.sent) of \(planned) planned tasks were sent")
        } else {
            (exitCode, problem) = (0, nil)
        }
    }

    private static func defect(_ counts: TaskCounts, _ messages: MessageCounts?) -> String? {
        if let twice = messages?.placedTwice, twice > 0 { return "\(twice) messages were placed twice" }
        if let lost = counts.lost, lost > 0 { return "\(lost) acknowledged tasks are lost" }
        if counts.wrongResults > 0 { return "\(counts.wrongResults) results of exact algorithms are wrong" }
        return nil
    }
}
