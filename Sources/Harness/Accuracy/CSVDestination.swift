package import Reporting

/// Where a command's table goes.
package enum CSVDestination {
    /// Writes the rows that `produce` emits, to standard output or to a file that appears complete or not at all.
    ///
    /// - Throws: what `produce` throws, and ``HarnessError/file(path:reason:)`` when the file can't be written.
    package static func write<Row: CSVTable>(
        _ table: Row.Type, to path: String?,
        _ produce: (_ emit: (Row) throws(HarnessError) -> Void) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        guard let path else {
            print(CSVText.header(of: table), terminator: "")
            try produce { row throws(HarnessError) in print(CSVText.line(of: row), terminator: "") }
            return
        }
        do {
            var writer = try CSVWriter<Row>(path: path)
            try produce { row throws(HarnessError) in
                do throws(ReportingError) {
                    try writer.write(row)
                } catch {
                    throw .file(path: path, reason: "\(error)")
                }
            }
            try writer.finish()
        } catch let error as HarnessError {
            throw error
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }
}
