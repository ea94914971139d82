import Foundation
import Reporting

/// A folder's files against those that its manifest names.
struct SignedFiles {
    let outcomes: [CheckOutcome]

    /// Reads each file that is named, and looks what else there is.
    init(_ folder: RecordedFolder) {
        let sums = folder.manifest.sha256
        let problems = sums.keys.sorted().compactMap { Self.problem($0, sums[$0], folder) }
        let count = sums.count == 1 ? "1 file is" : "\(sums.count) files are"
        let unnamed = folder.names.filter { $0 != Manifest.fileName && !Self.isNamed($0, sums) }
        // A forecast is made of a run later on, and may lie beside it.
        let tables = unnamed.filter { CSVTables.table(named: $0) != nil && $0 != ForecastRow.fileName }
        let others = unnamed.filter { !tables.contains($0) }
        outcomes = [
            CheckOutcome(.sums, "\(count) as signed", problems: problems),
            CheckOutcome(
                .files, "no table that the manifest does not name",
                problems: tables.map {
                    "\($0) is a table that the manifest does not name: it is of another run, remove it"
                },
                notes: others.isEmpty ? [] : ["not named by the manifest: \(Self.list(others))"]),
        ]
    }

    /// What is wrong with a file; `nil` when nothing is.
    private static func problem(_ name: String, _ sum: String?, _ folder: RecordedFolder) -> String? {
        guard folder.has(name) else { return "\(name) is missing: get it once more" }
        do throws(ReportingError) {
            let isSame = try SHA256Text.ofFile("\(folder.path)/\(name)") == sum
            return isSame ? nil : "\(name) is not the file that was signed: get it once more"
        } catch {
            return "\(error)"
        }
    }

    /// Whether a file, or a file of a folder, of that name is named.
    private static func isNamed(_ name: String, _ sums: [String: String]) -> Bool {
        sums[name] != nil || sums["\(name)/\(Manifest.fileName)"] != nil
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
    }
}
