import Foundation
import ReliableQueue
import Reporting

/// What a study comes to, whatever it measures.
package protocol StudyOutcome {
    /// Nothing measured so far.
    init(folder: String)
    /// The folder of its files.
    var folder: String { get }
    /// True when nothing was measured, and there is nothing to write down.
    var isEmpty: Bool { get }
    /// True when a signal ended it before all was measured.
    var wasInterrupted: Bool { get set }
    /// What is wrong with what was measured, one line; `nil` for nothing.
    var problem: String? { get }
    /// What the program ends with.
    var exitStatus: Int32 { get }
}

extension StudyOutcome {
    /// Nothing: what it measures is what it is.
    package var problem: String? { nil }

    /// What the program ends with: 130 after an interruption, 1 when there is a problem.
    package var exitStatus: Int32 { wasInterrupted ? 130 : problem == nil ? 0 : 1 }
}

/// The course of a study: a folder of its own, measurements one after the other, tables and a manifest.
///
/// What was measured before a failure or an interruption is written down all the same. A folder to which nothing came is removed.
struct StudyCourse {
    /// The folder; `nil` is `results/<run id>`.
    let output: String?
    /// A failure after a signal is none: children and servers get the signal, too.
    let signals: TerminationSignals

    /// Goes through it.
    ///
    /// - Parameters:
    ///   - measure: makes the measurements, and notes each as soon as it is made.
    ///   - write: writes the tables; returns what the manifest says.
    func run<Outcome: StudyOutcome>(
        measuring measure: (RunFolder, inout Outcome) throws -> Void,
        writing write: (Outcome, RunFolder) throws -> StudyRecord
    ) throws(HarnessError) -> Outcome {
        // Before the folder is made, which might count as a change of the source tree.
        let (source, began) = (SourceRevision.current(), Date())
        let folder = try RunFolder(output: output)
        var (outcome, failure) = (Outcome(folder: folder.path), HarnessError?.none)
        do { try measure(folder, &outcome) } catch {
            if !signals.wasInterrupted { failure = HarnessError(error) }
        }
        outcome.wasInterrupted = signals.wasInterrupted
        do {
            if outcome.isEmpty {
                folder.removeUnlessUsed()
            } else {
                let record = try write(outcome, folder)
                var manifest = Manifest(
                    of: record, runID: folder.runID, startedAt: began, host: try HostFacts.collect(), source: source,
                    exitStatus: failure?.exitCode ?? outcome.exitStatus)
                try manifest.sign(record.files, in: folder.path)
                try manifest.write(into: folder.path)
            }
        } catch {
            failure = failure ?? HarnessError(error)
        }
        if let failure { throw failure }
        return outcome
    }
}
