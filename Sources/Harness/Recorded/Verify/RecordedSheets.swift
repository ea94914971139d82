import Reporting

/// The tables of a folder as text, checked one by one.
struct RecordedSheets {
    /// By their files' names.
    private(set) var sheets: [String: CSVSheet] = [:]
    private(set) var outcomes: [CheckOutcome] = []
    /// False when one could not be read.
    let areReadable: Bool

    /// Reads each file in the folder that has the name of a table.
    init(_ folder: RecordedFolder) {
        var problems: [String] = []
        for name in folder.names {
            guard let table = CSVTables.table(named: name) else { continue }
            do throws(ResultsError) {
                sheets[name] = try CSVSheet(path: "\(folder.path)/\(name)", of: table)
            } catch {
                problems.append("\(error)")
            }
        }
        areReadable = problems.isEmpty
        let count = sheets.count == 1 ? "1 table is" : "\(sheets.count) tables are"
        outcomes = [
            CheckOutcome(.tables, "\(count) whole, each field of its unit", problems: problems),
            CheckOutcome(.keys, "each row is of this run", problems: keyProblems(folder)),
        ]
    }

    /// A table of the folder; `nil` where there is none.
    subscript<Row: CSVTable>(table: Row.Type) -> CSVSheet? { sheets[Row.fileName] }

    private func keyProblems(_ folder: RecordedFolder) -> [String] {
        let own = folder.kind == .run ? self[SummaryRow.self]?.records.first.map { Array($0.fields[2..<4]) } : nil
        return sheets.keys.sorted().compactMap { name in
            guard let sheet = sheets[name], name != ForecastRow.fileName else { return nil }
            let runID = folder.manifest.runID
            if let other = sheet.records.first(where: { $0.fields[1] != runID }) {
                return "\(name):\(other.line): is of the run \(other.fields[1]), and the manifest is of \(runID)"
            }
            guard let own, let other = sheet.records.first(where: { Array($0.fields[2..<4]) != own }) else {
                return nil
            }
            return
                "\(name):\(other.line): is of \(other.fields[2]), repetition \(other.fields[3]), and summary.csv is of "
                + "\(own[0]), repetition \(own[1])"
        }
    }
}

extension CSVSheet {
    /// The sum of a column, over the rows with one of these texts in another, or over all.
    func sum(_ column: String, where other: String? = nil, is text: String = "") -> Double {
        let values = (texts(column) ?? []).map { Double($0) ?? 0 }
        guard let other else { return values.reduce(0, +) }
        return zip(values, texts(other) ?? []).reduce(0) { $1.1 == text ? $0 + $1.0 : $0 }
    }

    /// The number in a column of the first row; `nil` where it is empty, or there is no such column.
    func number(_ column: String) -> Double? { texts(column)?.first.flatMap { Double($0) } }
}
