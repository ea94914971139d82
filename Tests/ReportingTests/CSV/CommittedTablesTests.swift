import Foundation
import Reporting
import Testing

/// The results of the repository can be read, the oldest too, and reading them loses nothing.
@Suite("Committed tables")
struct CommittedTablesTests {
    @Test("each can be read, and its rows hold what the file does", arguments: Self.readable.indices)
    func roundTrip(index: Int) throws { try check(Self.readable[index]) }

    private static let readable: [any ReadableCSVTable.Type] = CSVTables.all.compactMap {
        $0 as? any ReadableCSVTable.Type
    }

    private func check<Row: ReadableCSVTable>(_ table: Row.Type) throws {
        for path in try CommittedResults.files(named: Row.fileName) {
            let sheet = try CSVSheet(path: path, of: table)
            let reader = try CSVReader<Row>(path: path)
            #expect(reader.rows.count == sheet.records.count)
            let columns = Row.columns(axes: reader.axes).map(\.name)
            let held = Set(sheet.columns.map(\.name)).subtracting(Self.derived)
            for (row, record) in zip(reader.rows, sheet.records) {
                let texts = Dictionary(uniqueKeysWithValues: zip(columns, row.fields.map(\.text)))
                let lost = zip(sheet.columns, record.fields).first { held.contains($0.name) && texts[$0.name] != $1 }
                #expect(lost == nil, "\(path):\(record.line): \(lost.map { "\($0.0.name) was \($0.1)" } ?? "")")
            }
        }
    }

    /// Columns that follow from others with their rounding, or sum up more than is in the file.
    private static let derived: Set = [
        "residual_s", "cpu_share", "io_share", "suggested_concurrency", "predicted_per_s", "redis_commands_per_task",
        "redis_bytes_per_task", "redis_cpu_us_per_task", "wall_per_task_us", "cpu_per_task_us", "suggested_slots",
        "is_usable", "wait_ratio", "is_within_10_percent", "wait_p99_ratio", "wait_ratio_with_set_up",
        "occupancy_variation", "known_per_s", "ratio", "is_within_5_percent",
    ]
}
