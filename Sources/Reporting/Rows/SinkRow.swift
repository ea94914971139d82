package import Measurement

/// A row of `sink.csv`: a second of the receiver of a run's messages.
package struct SinkRow: CSVTable, Sendable {
    package static let fileName = "sink.csv"
    package static let rowMeaning =
        "a second of a sink's life, the last one cut short; runs without a sink have no such file"

    package var key: RunKey
    /// When it began, from the run's first sending.
    package var fromSeconds: Double
    /// When it ended, likewise.
    package var toSeconds: Double
    /// What it did meanwhile.
    package var activity: SinkSecondRecord

    /// A row of the given values.
    package init(key: RunKey, fromSeconds: Double, toSeconds: Double, activity: SinkSecondRecord) {
        self.key = key
        self.fromSeconds = fromSeconds
        self.toSeconds = toSeconds
        self.activity = activity
    }

    package static let attributes: [CSVAttribute<SinkRow>] = [
        CSVAttribute(
            "from_s", .seconds, \.fromSeconds, "when the second began, from the first sending; before it negative"),
        CSVAttribute("to_s", .seconds, \.toSeconds, "when it ended"),
        CSVAttribute("received", .count, \.activity.received, "requests that arrived, those of batches one by one"),
        CSVAttribute("placed", .count, \.activity.placed, "messages placed"),
        CSVAttribute("repeated", .count, \.activity.repeated, "requests answered with an earlier receipt"),
        CSVAttribute(
            "refused", .count, \.activity.refused, "requests refused, since a later claim of the task had been seen"),
        CSVAttribute("invalid", .count, \.activity.invalid, "requests that were malformed or too long"),
        CSVAttribute("unstored", .count, \.activity.unstored, "requests whose message could not be stored"),
        CSVAttribute(
            "failed", .count, \.activity.failed,
            "requests failed on purpose; where that was after the placing, they count as placed too"),
        CSVAttribute(
            "dropped", .count, \.activity.dropped, "requests whose connection was dropped on purpose, likewise"),
        CSVAttribute("received_bytes", .bytes, \.activity.bytes, "bytes of the bodies that arrived"),
    ]
}
