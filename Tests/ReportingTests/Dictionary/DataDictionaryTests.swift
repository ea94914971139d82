import Foundation
import Reporting
import Testing

/// `results/README.md` says what the code writes: names, units, meanings, order.
@Suite("Data dictionary")
struct DataDictionaryTests {
    private let text: String

    init() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        text = try String(contentsOf: root.appending(path: "results/README.md"), encoding: .utf8)
    }

    @Test("every table", arguments: CSVTables.all.map { $0.fileName })
    func table(fileName: String) {
        guard let table = CSVTables.table(named: fileName) else {
            Issue.record("there is no table of the file \(fileName)")
            return
        }
        check(table)
    }

    @Test("no table of the code is missing in the list of all")
    func completeness() throws {
        var sources = URL(filePath: #filePath)
        for _ in 0..<4 { sources.deleteLastPathComponent() }
        let folder = sources.appending(path: "Sources/Reporting/Rows")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        let names = try files.flatMap { file in
            try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                .matches(of: /static let fileName = "([^"]+)"/).map { String($0.output.1) }
        }
        #expect(names.sorted() == CSVTables.all.map { $0.fileName }.sorted())
    }

    @Test("latency kinds, with their definitions")
    func latencyKinds() {
        let rows = LatencyKind.allCases.map { "| `\($0.rawValue)` | \($0.definition) |" }
        let table = (["| latency kind | definition |", "|---|---|"] + rows).joined(separator: "\n")
        #expect(text.contains(table + "\n\n"), "expected in results/README.md:\n\(table)")
    }

    @Test("manifest.json: every key, in the file's order")
    func manifest() throws {
        let directory = try TemporaryDirectory()
        try Manifest.sample.write(into: directory.path)
        let json = try JSONSerialization.jsonObject(with: Data(directory.text(of: "manifest.json").utf8))
        let keys = Self.keys(try #require(json as? [String: Any]), under: "")
        let section = try #require(text.components(separatedBy: "## `manifest.json`").last)
            .prefix { $0 != "#" }
        let documented = section.matches(of: /(?m)^\| `([^`]+)` \|/).map { String($0.output.1) }
        #expect(documented == keys)
    }

    private func check<Row: CSVTable>(_ table: Row.Type) {
        let rows = Row.columns(axes: Row.hasAxes ? ["<axis>"] : []).map { column in
            let meaning = column.meaning.replacing("|", with: "\\|")
            return "| `\(column.name)` | \(column.unit.rawValue) | \(meaning) |"
        }
        let older = Row.newerColumns.first.map { " Older files lack the columns from `\($0)` on." } ?? ""
        let section = """
            ## `\(Row.fileName)`

            One row: \(Row.rowMeaning).\(older)

            | column | unit | meaning |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            """
        #expect(text.contains(section + "\n"), "expected in results/README.md:\n\(section)")
    }

    /// The keys of an object and, with dots, of the objects in it; those that name free text keep theirs to themselves.
    private static func keys(_ object: [String: Any], under prefix: String) -> [String] {
        object.keys.sorted().flatMap { key in
            let name = prefix + key
            guard ["host", "host.cgroup", "redis"].contains(name), let inner = object[key] as? [String: Any] else {
                return [name]
            }
            return keys(inner, under: name + ".")
        }
    }
}
