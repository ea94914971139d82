import Reporting

/// Whether a recorded folder is what it was when it was made, and its files agree with one another.
package struct FolderVerification: Sendable {
    /// Where it is.
    package let path: String
    /// What was checked, in order.
    package let outcomes: [CheckOutcome]

    /// True when nothing is wrong.
    package var isOK: Bool { outcomes.allSatisfy(\.isOK) }

    /// The folder, and below it a line a check.
    package var lines: [String] { [path] + outcomes.flatMap(\.lines).map { "  " + $0 } }

    /// Checks a folder, and those of the runs in it.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for one without a manifest, of which nothing can be said.
    package init(_ path: String) throws(HarnessError) {
        let folder: RecordedFolder
        do throws(HarnessError) { folder = try RecordedFolder(path) } catch {
            guard RecordedFolder.hasManifest(path) else { throw error }
            self.path = path
            outcomes = [CheckOutcome(.manifest, "", problems: ["\(error)"])]
            return
        }
        self.path = folder.path
        let tables = RecordedSheets(folder)
        let parts = try folder.inner.map { inner throws(HarnessError) in try FolderVerification(inner) }
        outcomes =
            [CheckOutcome(.manifest, "of schema version \(folder.manifest.schemaVersion)")]
            + SignedFiles(folder).outcomes + tables.outcomes + Self.laws(folder, tables)
            + (parts.isEmpty ? [] : [Self.summary(parts)])
    }

    /// What must hold between the tables of such a folder; nothing where one of them can't be read.
    private static func laws(_ folder: RecordedFolder, _ tables: RecordedSheets) -> [CheckOutcome] {
        switch folder.kind {
        case _ where !tables.areReadable: []
        case .run: RunLaws(tables).outcomes
        case .sweep: SweepLaws(folder, tables).outcomes
        default: []
        }
    }

    /// One line for all folders within, and one for each problem of any.
    private static func summary(_ parts: [FolderVerification]) -> CheckOutcome {
        let problems = parts.flatMap { part in
            part.outcomes.flatMap { outcome in
                outcome.problems.map { "\(part.path): \(outcome.check.rawValue): \($0)" }
            }
        }
        let count = parts.count == 1 ? "1 folder" : "\(parts.count) folders"
        return CheckOutcome(.parts, "\(count) within, with all checks of their own", problems: problems)
    }
}
