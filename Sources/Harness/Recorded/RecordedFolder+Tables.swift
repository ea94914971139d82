import Reporting

/// Its tables, each as it was signed.
extension RecordedFolder {
    /// A table of it.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for a file that is missing, not the one that the manifest signs, not whole, or not of
    ///   this version.
    func table<Row: ReadableCSVTable>() throws(HarnessError) -> CSVReader<Row> {
        if has(Row.fileName) { try checkSum(of: Row.fileName) }
        return try Recorded.table(in: path)
    }

    /// The rows of a table of it; `nil` where it has no such file.
    ///
    /// - Throws: as ``table()``.
    func rows<Row: ReadableCSVTable>() throws(HarnessError) -> [Row]? {
        guard has(Row.fileName) else { return nil }
        let table: CSVReader<Row> = try self.table()
        return table.rows
    }

    private func checkSum(of name: String) throws(HarnessError) {
        let file = "\(path)/\(name)"
        let sum: String
        do throws(ReportingError) { sum = try SHA256Text.ofFile(file) } catch {
            throw .results(ResultsError(unreadable: file, error.reason))
        }
        guard sum != manifest.sha256[name] else { return }
        throw .results(
            ResultsError(
                path: file,
                problem:
                    "is not the file that \(Manifest.fileName) signs: get it once more; `fibq verify \(path)` shows more"
            ))
    }
}
