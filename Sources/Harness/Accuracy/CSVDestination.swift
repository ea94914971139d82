package import Reporting

/// Where a command's table goes.
package struct CSVDestination: Sendable {
    private let target: OutputTarget
    private let name: String

    /// The file at `path`, or standard output. Nothing is opened yet.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for a path that can't be a file's.
    package init(_ path: String?) throws(HarnessError) {
        name = path ?? "standard output"
        do throws(ReportingError) {
            target = try OutputTarget(path)
        } catch {
            throw .usage("--out cannot be \(error)")
        }
    }

    /// The name of a file that is not whole yet; `nil` where there is none.
    package var partialPath: String? { target.partialPath }

    /// True when standard output is taken by the table.
    package var isStandardOutput: Bool { target == .standardOutput }

    /// Writes the rows that `produce` emits: a regular file appears complete or not at all.
    ///
    /// - Throws: what `produce` throws, and ``HarnessError/file(path:reason:)`` when a row can't be written.
    package func write<Row: CSVTable>(
        _ table: Row.Type, _ produce: (_ emit: (Row) throws(HarnessError) -> Void) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        do {
            var writer = try CSVWriter<Row>(target)
            try produce { row throws(HarnessError) in
                do throws(ReportingError) {
                    try writer.write(row)
                } catch {
                    throw unwritable(error)
                }
            }
            try writer.finish()
        } catch let error as HarnessError {
            throw error
        } catch {
            throw unwritable(error)
        }
    }

    private func unwritable(_ error: any Error) -> HarnessError {
        .file(path: name, reason: "cannot be written: \(error)")
    }
}
