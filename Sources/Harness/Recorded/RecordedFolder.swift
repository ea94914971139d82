import Foundation
package import Reporting

/// A folder that a command left: what it is of, and its manifest.
package struct RecordedFolder: Sendable {
    /// What a folder is of.
    package enum Kind: Sendable {
        case run, sweep, knee, kneeCheck, queueing, recovery, growth, scale, plan, fibonacci
        /// Something that has none of the tables of the others.
        case other

        /// By a table that only such folders have, in the order in which they are looked for.
        fileprivate static let tables: [(file: String, kind: Kind)] = [
            (CellRow.fileName, .sweep), (SummaryRow.fileName, .run), (KneeCheckRow.fileName, .kneeCheck),
            (KneeRow.fileName, .knee), (QueueingRow.fileName, .queueing), (RecoveryRow.fileName, .recovery),
            (GrowthTrialRow.fileName, .growth), (MeasuringRow.fileName, .growth), (GrowthRow.fileName, .fibonacci),
            (ScaleTrialRow.fileName, .scale), (ModelRow.fileName, .plan),
        ]
    }

    /// Where it is.
    package let path: String
    /// What it is of.
    package let kind: Kind
    /// What the command said of itself at its end.
    package let manifest: Manifest

    /// Reads a folder's manifest, and looks which tables it has.
    ///
    /// - Throws: ``HarnessError/results(_:)`` when it has no manifest, such as while its run is still being made, or one that
    ///   can't be read.
    package init(_ path: String) throws(HarnessError) {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.path = path
        try Self.checkEnded(path)
        manifest = try Self.manifest(in: path)
        kind = Kind.tables.first { Self.exists("\(path)/\($0.file)") }?.kind ?? .other
    }

    /// The folders within it that have a manifest of their own, in order.
    package var inner: [String] { Self.folders(in: path) }

    /// Whether a folder has the file that only what has ended has.
    static func hasManifest(_ path: String) -> Bool { exists("\(path)/\(Manifest.fileName)") }

    /// The folders within another that have a manifest, in order.
    static func folders(in path: String) -> [String] {
        names(in: path).map { "\(path)/\($0)" }.filter(hasManifest)
    }

    /// The names of what is in it, in order.
    var names: [String] { Self.names(in: path) }

    /// Whether something has that name in it.
    func has(_ name: String) -> Bool { Self.exists("\(path)/\(name)") }

    /// Whether a folder has journals: of something that goes on, or that was never ended.
    static func isBegun(_ path: String) -> Bool { names(in: path).contains { $0.hasSuffix(".journal") } }

    private static func checkEnded(_ path: String) throws(HarnessError) {
        guard exists(path) else {
            throw .results(ResultsError(path: path, problem: "there is no such folder: name one that fibq made"))
        }
        guard !hasManifest(path) else { return }
        throw .results(
            ResultsError(
                path: path,
                problem: isBegun(path)
                    ? "has journals and no \(Manifest.fileName): it is still being made, or was never ended; wait for its end, "
                        + "resume a sweep, or make a run again"
                    : "has no \(Manifest.fileName): name a folder that fibq made"))
    }

    private static func manifest(in path: String) throws(HarnessError) -> Manifest {
        let file = "\(path)/\(Manifest.fileName)"
        let manifest: Manifest
        do throws(ReportingError) { manifest = try Manifest.read(from: path) } catch {
            throw .results(
                ResultsError(
                    path: file, problem: "is no manifest of a run: get the file once more (\(error.reason))"))
        }
        guard manifest.schemaVersion == RunKey.schemaVersion else {
            throw .results(
                ResultsError(
                    path: file,
                    problem: "is of schema version \(manifest.schemaVersion), and this fibq knows version "
                        + "\(RunKey.schemaVersion): use the fibq of its commit, \(manifest.commit)"))
        }
        return manifest
    }

    /// Whether there is something at a path.
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func names(in path: String) -> [String] {
        // One that can't be listed has no files to show: reading them will say why.
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted {
            $0.compare($1, options: .numeric) == .orderedAscending
        }
    }
}
