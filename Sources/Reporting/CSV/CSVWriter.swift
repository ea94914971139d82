/// Writes rows to a CSV file: RFC 4180 with a header, but lines end with a line feed alone.
///
/// (Every reader takes LF; with CRLF, line tools such as `cut` and `awk` keep a carriage return in the last column.)
/// A regular file appears complete or not at all; one that exists is replaced.
package struct CSVWriter<Row: CSVTable>: ~Copyable {
    private var file: OutputFile

    /// Begins a file at `path` with its header; `axes` are those that its rows have values on.
    package init(path: String, axes: [String] = []) throws(ReportingError) {
        try self.init(.file(path: path), axes: axes)
    }

    /// Begins with the header, wherever it goes.
    package init(_ target: OutputTarget, axes: [String] = []) throws(ReportingError) {
        var file = try target.open()
        try file.append(CSVText.header(of: Row.self, axes: axes))
        self.file = file
    }

    /// Adds a row.
    package mutating func write(_ row: Row) throws(ReportingError) { try file.append(CSVText.line(of: row)) }

    /// Puts the file in its place. Nothing may be written afterwards.
    package mutating func finish() throws(ReportingError) { try file.commit() }

    /// Writes a whole file of rows into `directory`, under the table's own name.
    package static func write(
        _ rows: some Sequence<Row>, axes: [String] = [], into directory: String
    ) throws(ReportingError) {
        var writer = try CSVWriter(path: directory + "/" + Row.fileName, axes: axes)
        for row in rows { try writer.write(row) }
        try writer.finish()
    }
}

/// A table's rows as lines of CSV, for standard output as much as for files. Each ends with a line feed.
package enum CSVText {
    /// The line of the column names.
    package static func header<Row: CSVTable>(of table: Row.Type, axes: [String] = []) -> String {
        line(Row.columns(axes: axes).map { CSVField(text: $0.name) })
    }

    /// The line of a row.
    package static func line(of row: some CSVTable) -> String { line(row.fields) }

    private static func line(_ fields: [CSVField]) -> String {
        fields.map(\.quoted).joined(separator: ",") + "\n"
    }
}
