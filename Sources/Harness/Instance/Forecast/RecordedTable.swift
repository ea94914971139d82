import Foundation
import SwiftCSV

/// A CSV file that a run has left, by the names of its columns.
struct RecordedTable {
    /// A row of it.
    struct Row {
        let path: String
        let values: [String: String]

        /// The text in a column; empty where there is none.
        func text(_ column: String) -> String { values[column] ?? "" }

        /// The number in a column; `nil` where its field is empty, or the table is older than the column.
        ///
        /// - Throws: ``HarnessError/usage(_:)`` for what is no number.
        func number(_ column: String) throws(HarnessError) -> Double? {
            let text = text(column)
            guard !text.isEmpty else { return nil }
            guard let number = Double(text), number.isFinite else {
                throw .usage("\(path): the column \(column) holds \(text.debugDescription), which is no number")
            }
            return number
        }

        /// The whole number in a column; `nil` where its field is empty.
        func whole(_ column: String) throws(HarnessError) -> Int? {
            guard let number = try number(column) else { return nil }
            guard let whole = Int(exactly: number) else {
                throw .usage("\(path): the column \(column) holds \(text(column)), which is no whole number")
            }
            return whole
        }

        /// The number in a column that may not be empty.
        func requiredNumber(_ column: String) throws(HarnessError) -> Double {
            guard let number = try number(column) else { throw .usage("\(path): the column \(column) is empty") }
            return number
        }
    }

    let path: String
    let rows: [Row]

    /// Reads the file of that name in a run's folder; `nil` when there is none.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for one that is no CSV.
    init?(_ name: String, in folder: String) throws(HarnessError) {
        let path = "\(folder)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let table = try CSV<Named>(string: text, delimiter: .comma, loadColumns: false)
            rows = table.rows.map { Row(path: path, values: $0) }
        } catch {
            throw .usage("\(path) can't be read as CSV: \(error)")
        }
        self.path = path
    }

    /// Its first row.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when it has none.
    func first() throws(HarnessError) -> Row {
        guard let row = rows.first else { throw .usage("\(path) has no row") }
        return row
    }
}
