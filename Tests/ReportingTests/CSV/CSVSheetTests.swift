import Foundation
import Reporting
import Testing

/// What a file must be to be read, and the one line that says what it is not.
@Suite("Checking tables")
struct CSVSheetTests {
    private static let keys = "schema_version,run_id,cell_id,repetition"
    private static let header = "\(keys),at_s,role,process,memory_bytes,file_descriptors,threads\n"
    private static let names = header.dropLast().components(separatedBy: ",")
    private static let line = "1,run-1,cell-a,2,-0.500000,worker,worker-1,4096,8,5\n"

    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func error(_ text: String) throws -> String {
        try directory.put(text, at: "processes.csv")
        let error = try #require(throws: ResultsError.self) {
            try CSVSheet(path: directory.file("processes.csv"), of: ProcessRow.self)
        }
        #expect(!"\(error)".contains("\n"))
        return "\(error)".replacing(directory.path + "/", with: "")
    }

    @Test("a file that is as it should be")
    func whole() throws {
        try directory.put(Self.header + Self.line + Self.line, at: "processes.csv")
        let sheet = try CSVSheet(path: directory.file("processes.csv"), of: ProcessRow.self)
        #expect(sheet.records.map(\.line) == [2, 3])
        #expect(sheet.texts("role") == ["worker", "worker"])
        #expect(sheet.numbers("memory_bytes") == [4096, 4096])
        #expect(sheet.texts("else") == nil)
    }

    @Test("a header that names a column twice")
    func twice() throws {
        try directory.put("\(Self.keys),param_rate,param_rate,status\n1,run-1,cell-a,2,1,2,done\n", at: "cells.csv")
        let error = try #require(throws: ResultsError.self) {
            try CSVSheet(path: directory.file("cells.csv"), of: CellRow.self)
        }
        #expect("\(error)".contains("has a column twice"))
    }

    @Test("a file that is missing, empty, or cut off")
    func cutOff() throws {
        let missing = try #require(throws: ResultsError.self) { try CSVSheet(path: "nowhere.csv", of: ProcessRow.self) }
        #expect("\(missing)" == "nowhere.csv: there is no such file: name a folder that has it")
        #expect(try error("").hasPrefix("processes.csv: is empty"))
        #expect(
            try error(Self.header + Self.line + "1,run-1,cell").hasPrefix(
                "processes.csv:3: ends in the middle of a line"))
        #expect(try error(String(Self.header.dropLast())).hasPrefix("processes.csv:1: ends in the middle of a line"))
        #expect(
            try error(Self.header + Self.line + "1,run-1,cell-a\n").hasPrefix(
                "processes.csv:3: has 3 fields where the header has 10"))
        #expect(try error(Self.header + "\n").hasPrefix("processes.csv:2: has 1 fields where the header has 10"))
        #expect(try error(Self.keys + "\n").hasPrefix("processes.csv:1: lacks the column at_s"))
    }

    @Test("a folder of that name, whose path is said once")
    func folder() throws {
        let path = directory.file("processes.csv")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let error = try #require(throws: ResultsError.self) { try CSVSheet(path: path, of: ProcessRow.self) }
        #expect("\(error)" == "\(path): can't be read (read: Is a directory): get the file once more")
    }

    @Test("another schema version, with both versions, before anything else of it")
    func version() throws {
        let text = try error("schema_version,other\n2,x\n")
        #expect(text.hasPrefix("processes.csv:2: is of schema version 2, and this fibq knows version 1"))
    }

    @Test("a strange column, by its name and place")
    func header() throws {
        let named = try error(Self.header.replacing("process,", with: "name,") + Self.line)
        #expect(named.hasPrefix("processes.csv:1: has the column \"name\" where process belongs"))
        let long = try error(Self.header.replacing("threads", with: "threads,more") + Self.line)
        #expect(long.hasPrefix("processes.csv:1: has the column \"more\" after the last"))
        let axis = try error(Self.header.replacing("repetition,", with: "repetition,param_slots,") + Self.line)
        #expect(axis.hasPrefix("processes.csv:1: has the column \"param_slots\" where at_s belongs"))
        let order = try error(Self.header.replacing("role,process", with: "process,role") + Self.line)
        #expect(order.hasPrefix("processes.csv:1: has the column \"process\" where role belongs"))
    }

    @Test("a column that is missing, wherever", arguments: ["at_s", "role", "threads"])
    func missing(column: String) throws {
        let place = try #require(Self.names.firstIndex(of: column))
        let text = [Self.header, Self.line].map { line in
            var fields = line.dropLast().components(separatedBy: ",")
            fields.remove(at: place)
            return fields.joined(separator: ",") + "\n"
        }.joined()
        #expect(
            try error(text)
                == "processes.csv:1: lacks the column \(column): get the file once more, or use the fibq that made it")
    }

    /// However many of a table's columns are cut off: it is an older file when all of them are newer than the first files.
    @Test("cut by columns, a file is an older one or none", arguments: CSVTables.all.map { $0.fileName })
    func cutByColumns(fileName: String) throws {
        let table = try #require(CSVTables.table(named: fileName))
        let names = table.columns.map(\.name)
        let oldest = names.count - table.newerColumns.count
        #expect(Array(names[oldest...]) == table.newerColumns)
        for count in 1...names.count {
            try directory.put(names.prefix(count).joined(separator: ",") + "\n", at: fileName)
            func read() throws -> CSVSheet { try CSVSheet(path: directory.file(fileName), of: table) }
            if count >= oldest {
                #expect(try read().columns.map(\.name) == Array(names.prefix(count)))
            } else {
                let error = try #require(throws: ResultsError.self) { try read() }
                #expect(error.problem.hasPrefix("lacks the column \(names[count]):"))
            }
        }
    }

    @Test("which columns are newer than the first files")
    func newer() {
        let tables = CSVTables.all.filter { !$0.newerColumns.isEmpty }
        let first = tables.map { "\($0.fileName) \($0.newerColumns[0])" }
        #expect(
            first == [
                "summary.csv over_time_limit", "faults.csv topology", "intervals.csv allowed_processors",
                "cells.csv over_time_limit",
            ])
    }

    @Test(
        "a field that is not of its column's unit",
        arguments: [
            ("-0.500000", "soon", "the column at_s holds \"soon\", which is no number"),
            ("-0.500000", "inf", "the column at_s holds \"inf\", which is no number"),
            ("4096", "4096.5", "the column memory_bytes holds \"4096.5\", which is no whole number from 0 on"),
            (",8,", ",-8,", "the column file_descriptors holds \"-8\", which is no whole number from 0 on"),
        ])
    func units(text: String, other: String, words: String) throws {
        #expect(
            try error(Self.header + Self.line + Self.line.replacing(text, with: other)).hasPrefix(
                "processes.csv:3: \(words)"))
    }

    private static let values: [(CSVUnit, String, Bool)] = [
        (.share, "1.0000", true), (.share, "1.0412", true), (.share, "1.5", false), (.share, "-0.2", false),
        (.ratio, "1.5", true), (.truth, "true", true), (.truth, "yes", false), (.number, "1e+400", true),
        (.number, "nan", false), (.number, "0x10", false), (.seconds, "-0.1", true), (.tasks, "12", true),
        (.tasks, "+12", false), (.text, "anything, at all", true), (.share, "", true),
    ]

    @Test("units, and what is of them", arguments: Self.values)
    func faults(unit: CSVUnit, text: String, isRight: Bool) {
        #expect((unit.fault(in: text) == nil) == isRight)
    }

    @Test("lines are counted across fields that have some of their own")
    func lineNumbers() throws {
        let line = Self.line.replacing("worker-1", with: "\"two\nlines\"")
        #expect(try error(Self.header + line + "1\n").hasPrefix("processes.csv:4: has 1 fields"))
    }
}
