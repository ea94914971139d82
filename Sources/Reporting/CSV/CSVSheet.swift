import Foundation
import Measurement
import SwiftCSV

/// A CSV file of one of the tables, checked as a whole: it is complete, of today's schema version, its header is that of the
/// table, and each field is of its column's unit.
///
/// A file from before the last columns of its table lacks them; no other may be missing.
package struct CSVSheet: Sendable {
    /// A row of the file.
    package struct Record: Sendable {
        /// The line that it begins at, from 1.
        package let line: Int
        /// One text a column.
        package let fields: [String]
    }

    /// Where it is.
    package let path: String
    /// The axes of the sweep, by the names of their fields; none in most tables.
    package let axes: [String]
    /// Its columns, in order.
    package let columns: [CSVColumn]
    /// Its rows, in order.
    package let records: [Record]

    /// Reads and checks a file of a table.
    ///
    /// - Throws: ``ResultsError`` with the line and what to do.
    package init(path: String, of table: any CSVTable.Type) throws(ResultsError) {
        let lines = try Self.records(in: try Self.text(of: path), path)
        guard let header = lines.first else {
            throw ResultsError(path: path, problem: "is empty: get the file once more, or make the results anew")
        }
        let records = Array(lines.dropFirst())
        try Self.checkVersion(header, records, path)
        let names = header.fields
        let keys = RunKey.attributes.count
        axes = table.hasAxes ? names.dropFirst(keys).mapWhile(CSVColumn.axis) : []
        columns = try Self.columns(names, of: table, axes: axes, path)
        self.path = path
        self.records = records
        try checkFields()
    }

    /// The texts in a column, one a row; `nil` when the file has no such column.
    package func texts(_ column: String) -> [String]? {
        columns.firstIndex { $0.name == column }.map { index in records.map { $0.fields[index] } }
    }

    /// The numbers in a column, without fields that are empty; none when the file has no such column.
    package func numbers(_ column: String) -> [Double] { texts(column)?.compactMap { Double($0) } ?? [] }

    private static func text(of path: String) throws(ResultsError) -> String {
        let bytes: [UInt8]
        do throws(SystemCallFailure) {
            let file = try FileDescriptor(opening: path, flags: O_RDONLY)
            bytes = try file.bytes(limit: try file.size())
        } catch {
            guard error.isAbsence else { throw ResultsError(unreadable: path, error.reason) }
            throw ResultsError(path: path, problem: "there is no such file: name a folder that has it")
        }
        guard let last = bytes.last else { return "" }
        guard last == UInt8(ascii: "\n") else {
            throw ResultsError(
                path: path, line: bytes.count { $0 == UInt8(ascii: "\n") } + 1,
                problem: "ends in the middle of a line, so the rest is missing: get the file once more")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func records(in text: String, _ path: String) throws(ResultsError) -> [Record] {
        let collector = Collector()
        do {
            let csv = try CSV<Enumerated>(string: text, delimiter: .comma, loadColumns: false, rowLimit: 0)
            try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { collector.add($0) }
        } catch {
            throw ResultsError(
                path: path, line: collector.nextLine, problem: "is no CSV: \(error): get the file once more")
        }
        return collector.records
    }

    private static func checkVersion(
        _ header: Record, _ records: [Record], _ path: String
    ) throws(ResultsError) {
        guard header.fields.first == RunKey.attributes[0].column.name else { return }
        let version = String(RunKey.schemaVersion)
        let whole = records.filter { $0.fields.count == header.fields.count }
        guard let other = whole.first(where: { $0.fields[0] != version }) else { return }
        throw ResultsError(
            path: path, line: other.line,
            problem: "is of schema version \(other.fields[0]), and this fibq knows version \(version): "
                + "use the fibq that made it; manifest.json names its commit")
    }

    /// The columns that a header names.
    private static func columns(
        _ names: [String], of table: any CSVTable.Type, axes: [String], _ path: String
    ) throws(ResultsError) -> [CSVColumn] {
        guard Set(names).count == names.count else {
            throw ResultsError(
                path: path, line: 1, problem: "has a column twice: it was not made by this fibq, or was edited")
        }
        let expected = table.columns(axes: axes)
        let agreeing = zip(names, expected).prefix { $0 == $1.name }.count
        let due = expected.dropFirst(agreeing).first?.name
        guard let found = names.dropFirst(agreeing).first else {
            guard let due, !table.newerColumns.contains(due) else { return Array(expected.prefix(agreeing)) }
            throw lack(of: due, path)
        }
        if let due, !names.contains(due), expected.contains(where: { $0.name == found }) { throw lack(of: due, path) }
        let place = due.map { "where \($0) belongs" } ?? "after the last"
        throw ResultsError(
            path: path, line: 1,
            problem: "has the column \(found.debugDescription) \(place): it was not made by this fibq, or was edited")
    }

    private static func lack(of column: String, _ path: String) -> ResultsError {
        ResultsError(
            path: path, line: 1,
            problem: "lacks the column \(column): get the file once more, or use the fibq that made it")
    }

    private func checkFields() throws(ResultsError) {
        for record in records {
            guard record.fields.count == columns.count else {
                throw ResultsError(
                    path: path, line: record.line,
                    problem: "has \(record.fields.count) fields where the header has \(columns.count): "
                        + "a part of it is missing, or it was edited: get the file once more")
            }
            for (column, text) in zip(columns, record.fields) {
                guard let fault = column.unit.fault(in: text) else { continue }
                throw ResultsError(
                    path: path, line: record.line,
                    problem: "the column \(column.name) holds \(text.debugDescription), which \(fault): "
                        + "get the file once more")
            }
        }
    }
}

/// Takes rows in and counts their lines: a field may have some of its own.
private final class Collector {
    private(set) var records: [CSVSheet.Record] = []
    private(set) var nextLine = 1

    func add(_ fields: [String]) {
        records.append(CSVSheet.Record(line: nextLine, fields: fields))
        nextLine += 1 + fields.reduce(0) { $0 + $1.count(where: \.isNewline) }
    }
}

extension Sequence {
    /// What `transform` makes of the first elements, up to one of which it makes nothing.
    fileprivate func mapWhile<Value>(_ transform: (Element) -> Value?) -> [Value] {
        var values: [Value] = []
        for element in self {
            guard let value = transform(element) else { break }
            values.append(value)
        }
        return values
    }
}
