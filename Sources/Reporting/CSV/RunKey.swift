/// The four columns that every table begins with: which run a row belongs to.
package struct RunKey: Codable, Sendable, Equatable {
    /// Version of the files' columns. It goes up when one changes its name, its meaning or its place.
    package static let schemaVersion = 1

    /// The run; also its folder's name, unless that was chosen.
    package var runID: String
    /// The point of a sweep; the run's own name for a run by itself.
    package var cellID: String
    /// Which of the runs of that point, counted from 1.
    package var repetition: Int

    /// The key of a run.
    package init(runID: String, cellID: String, repetition: Int) {
        self.runID = runID
        self.cellID = cellID
        self.repetition = repetition
    }

    static let attributes: [CSVAttribute<RunKey>] = [
        CSVAttribute("schema_version", .number, derived: { _ in schemaVersion }, "version of these columns"),
        CSVAttribute("run_id", .text, \.runID, "the run; its folder's name unless that was chosen with `--out`"),
        CSVAttribute("cell_id", .text, \.cellID, "the point of a sweep that the run belongs to"),
        CSVAttribute("repetition", .number, \.repetition, "which of the runs of that point, from 1"),
    ]
}
