package import Reporting

/// Reads the tables of recorded folders, with the errors of this module.
package enum Recorded {
    /// A table in a folder.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for a file that is missing, not whole, or not of this version.
    static func table<Row: ReadableCSVTable>(in folder: String) throws(HarnessError) -> CSVReader<Row> {
        do throws(ResultsError) { return try CSVReader(in: folder) } catch { throw .results(error) }
    }

    /// The rows of a table in a folder; `nil` where it has no such file.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for a file that is not whole, or not of this version.
    package static func rows<Row: ReadableCSVTable>(in folder: String) throws(HarnessError) -> [Row]? {
        do throws(ResultsError) { return try CSVReader<Row>.rowsIfPresent(in: folder) } catch { throw .results(error) }
    }
}
