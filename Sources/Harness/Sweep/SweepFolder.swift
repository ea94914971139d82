import Foundation
import Reporting
import Workload

/// The folder of a sweep: the runs that have ended, the journal that says so, and a folder for each run.
struct SweepFolder: ~Copyable {
    /// Where it is.
    let path: String
    /// The sweep that it belongs to.
    let identity: SweepIdentity
    /// The runs that have ended, by name.
    private(set) var rows: [String: CellRow]
    private let journal: CellJournal

    /// Makes the folder of a new sweep.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when the folder is in use.
    init(beginning settings: SweepSettings) throws {
        let folder = try RunFolder(output: settings.output)
        let identity = try SweepIdentity(runID: folder.runID, plan: settings.plan)
        let journal = try CellJournal(in: folder.path)
        try journal.append(identity)
        rows = [:]
        (self.path, self.identity) = (folder.path, identity)
        self.journal = journal
    }

    /// Opens the folder of a sweep that was begun, to go on with it.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when it holds none, or one of another plan, program or machine, unless forced.
    init(resuming settings: SweepSettings) throws {
        // What another is about to write down is not to be missed: nothing is read before the journal is this one's.
        _ = try Self.begun(settings)
        let journal = try CellJournal(in: try Self.folder(of: settings))
        let (path, identity, begun) = try Self.begun(settings)
        try journal.append(identity)
        rows = Dictionary(begun.map { ($0.name, $0) }) { $1 }
        (self.path, self.identity) = (path, identity)
        self.journal = journal
    }

    /// The runs that have ended in a sweep that is to be resumed, by name, as its plan judges them. Changes nothing.
    static func ended(_ settings: SweepSettings) throws -> [String: SweepCourse.Ended] {
        let rule = settings.plan.stopRule
        return Dictionary(try begun(settings).rows.map { ($0.name, $0.ended(for: rule)) }) { $1 }
    }

    /// The runs that have ended, by name, as a rule judges them.
    func ended(for rule: StopRule?) -> [String: SweepCourse.Ended] { rows.mapValues { $0.ended(for: rule) } }

    /// The sweep that is to be resumed: where it is, what it is from now on, and the runs that have ended.
    private static func begun(
        _ settings: SweepSettings
    ) throws -> (path: String, identity: SweepIdentity, rows: [CellRow]) {
        let path = try folder(of: settings)
        guard let content = CellJournal.content(in: path) else {
            throw HarnessError.usage(
                "\(path) holds no sweep to resume: there is no \(CellJournal.fileName) of one in it")
        }
        guard let begun = content.identity else {
            let journal = CellJournal.fileName
            throw HarnessError.usage(
                content.rows.isEmpty
                    ? "the sweep in \(path) was ended before its first run: remove the folder and begin anew"
                    : "the sweep in \(path) cannot be resumed: no line of \(journal) says what was begun; its runs are there"
            )
        }
        var identity = try SweepIdentity(runID: begun.runID, plan: settings.plan)
        identity.startedAt = begun.startedAt
        if let obstacle = begun.obstacle(to: identity), !settings.isForced {
            throw HarnessError.usage(
                "the sweep in \(path) was begun with \(obstacle): "
                    + "begin a new one, or say --force to resume it all the same")
        }
        return (path, identity, content.rows)
    }

    private static func folder(of settings: SweepSettings) throws(HarnessError) -> String {
        guard let path = settings.output else {
            throw .usage("--resume needs to know the sweep's folder: say --out DIR")
        }
        return path
    }

    /// Writes down how a run ended.
    mutating func record(_ row: CellRow) throws(HarnessError) {
        try journal.append(row)
        rows[row.name] = row
    }

    /// A folder for a run; what one that did not end has left there is removed.
    func clear(_ name: String) throws(HarnessError) -> String {
        let run = "\(path)/\(name)"
        guard FileManager.default.fileExists(atPath: run) else { return run }
        do { try FileManager.default.removeItem(atPath: run) } catch {
            throw .file(path: run, reason: error.localizedDescription)
        }
        return run
    }
}

extension CellRow {
    /// The name of its run.
    var name: String { "\(key.cellID)-r\(key.repetition)" }

    /// The figure that a rule judges; `nil` when there is no rule, or no such figure.
    func value(for rule: StopRule?) -> Double? { rule.flatMap { CellMeasure($0.measure) }.flatMap { self[$0] } }

    /// What the course of its sweep needs to know of it.
    fileprivate func ended(for rule: StopRule?) -> SweepCourse.Ended {
        SweepCourse.Ended(labels: parameters, value: value(for: rule))
    }
}

extension CellMeasure {
    /// The figure of a stop rule; `nil` for a latency that is not measured, which no plan has that was read from a file.
    init?(_ measure: StopRule.Measure) {
        switch measure {
        case .ackedPerSecond: self = .ackedPerSecond
        case .latency(let name, let percentile):
            guard let kind = LatencyKind(rawValue: name) else { return nil }
            self = .latency(kind, percentile)
        }
    }

    /// Those that a sweep with this rule estimates: the standard ones, and the one that is judged.
    static func estimated(until rule: StopRule?) -> [CellMeasure] {
        let judged = rule.flatMap { CellMeasure($0.measure) }
        return standard + [judged].compactMap(\.self).filter { !standard.contains($0) }
    }
}

extension RunFolder {
    /// Removes the journals, the sink's ledger and the processes' marks, from which the other files were made.
    func removeJournals() throws(HarnessError) {
        for path in files(endingWith: ".journal") + files(endingWith: ".ledger") + files(endingWith: ".marks") {
            do { try FileManager.default.removeItem(atPath: path) } catch {
                throw .file(path: path, reason: error.localizedDescription)
            }
        }
    }
}
