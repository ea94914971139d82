import Foundation

/// Reads a table's rows back: the inverse of ``CSVWriter``, by the same declaration of each column.
///
/// Columns that follow from others are checked to be of their unit, and computed anew; those that are newer than the file
/// have the value of a blank row.
package struct CSVReader<Row: ReadableCSVTable> {
    /// The axes of the sweep, by the names of their fields; none in most tables.
    package let axes: [String]
    /// The rows, in order.
    package let rows: [Row]

    /// Reads the file at `path`.
    ///
    /// - Throws: ``ResultsError`` with the line and what to do.
    package init(path: String) throws(ResultsError) {
        let sheet = try CSVSheet(path: path, of: Row.self)
        let places = Dictionary(uniqueKeysWithValues: zip(sheet.columns.map(\.name), sheet.columns.indices))
        let filled = Row.attributes.compactMap { attribute in places[attribute.column.name].map { (attribute, $0) } }
        let keys = RunKey.attributes.count
        var rows: [Row] = []
        rows.reserveCapacity(sheet.records.count)
        for record in sheet.records {
            var key = RunKey(runID: "", cellID: "", repetition: 0)
            for (index, attribute) in RunKey.attributes.enumerated() {
                try Self.fill(&key, attribute, index, record, path)
            }
            var row = Row(blank: key, parameters: Array(record.fields[keys..<(keys + sheet.axes.count)]))
            for (attribute, index) in filled { try Self.fill(&row, attribute, index, record, path) }
            rows.append(row)
        }
        (axes, self.rows) = (sheet.axes, rows)
    }

    /// Reads the table's own file in a folder.
    package init(in directory: String) throws(ResultsError) { try self.init(path: "\(directory)/\(Row.fileName)") }

    /// The rows of the table's own file in a folder; `nil` where there is none.
    package static func rowsIfPresent(in directory: String) throws(ResultsError) -> [Row]? {
        let path = "\(directory)/\(Row.fileName)"
        return FileManager.default.fileExists(atPath: path) ? try CSVReader(path: path).rows : nil
    }

    private static func fill<Target>(
        _ target: inout Target, _ attribute: CSVAttribute<Target>, _ index: Int, _ record: CSVSheet.Record,
        _ path: String
    ) throws(ResultsError) {
        guard let fill = attribute.fill, !fill(&target, record.fields[index]) else { return }
        let text = record.fields[index]
        throw ResultsError(
            path: path, line: record.line,
            problem: "the column \(attribute.column.name) "
                + (text.isEmpty ? "is empty" : "holds \(text.debugDescription), which it cannot")
                + ": get the file once more, or use the fibq that made it")
    }
}
