internal import SwiftCSV

/// When tasks were sent, and which, as a file recorded it or a plan was written down: to be sent so again.
///
/// A CSV file with a header. The column `offset_ns` is when a task is sent, in nanoseconds from the start; times never go back.
/// `task_kind` is one of the mix's; `parameter` is that of the task in its smallest unit (n, microseconds of a sleep, bytes of a
/// message), and `expected_us` what it says that it takes. What a file does not say is drawn from the mix.
package struct ArrivalTrace: Sendable {
    /// One task.
    struct Entry: Sendable, Hashable {
        /// When it is sent, in nanoseconds from the start.
        var offset: UInt64
        /// The entry of the mix that it belongs to; `nil` for one to be drawn.
        var mixEntry: Int?
        /// Its parameter; `nil` for one to be drawn.
        var parameter: Int64?
        /// What it says that it takes; `nil` for what the mix says.
        var expectedMicroseconds: UInt32?
    }

    /// The columns that a file may have.
    private enum Column: String, CaseIterable {
        case offset = "offset_ns"
        case kind = "task_kind"
        case parameter
        case expected = "expected_us"
    }

    /// The columns of a file that says everything.
    package static let header = Column.allCases.map(\.rawValue).joined(separator: ",")

    /// The tasks, in the order of their times.
    let entries: [Entry]
    /// A parameter, and the line that it stands on.
    package struct Greatest: Sendable, Hashable {
        /// In the kind's smallest unit.
        package let parameter: Int64
        /// From 1.
        package let line: Int
    }

    /// For each kind, the greatest parameter that the file has of it: for whoever has limits.
    package let greatestParameters: [TaskKind: Greatest]

    /// How many tasks.
    package var count: Int { entries.count }

    /// Reads the text of a file.
    ///
    /// `file` is its name in errors, which also say the line: of a column that is unknown or missing, a value that is none, a
    /// time before the one above it, a kind that the mix does not have, a file without tasks.
    package init(csv: String, file: String, mix: TaskMix) throws(ScenarioError) {
        var reader = Reader(file: file, mix: mix)
        // The library's own errors are about quotes.
        let table: EnumeratedCSV
        do { table = try EnumeratedCSV(string: csv, loadColumns: false) } catch {
            throw ScenarioError(file: file, line: 1, problem: "not CSV: \(error)", allowed: Self.header)
        }
        try reader.read(header: table.header)
        for row in table.rows { try reader.read(row) }
        guard !reader.entries.isEmpty else {
            throw ScenarioError(file: file, line: 1, problem: "a trace without tasks", allowed: "a line for each task")
        }
        (entries, greatestParameters) = (reader.entries, reader.greatest)
    }

    /// Reads a file line by line.
    private struct Reader {
        let file: String
        let mix: TaskMix
        private(set) var entries: [Entry] = []
        private(set) var greatest: [TaskKind: Greatest] = [:]
        private var columns: [Column] = []
        private var line = 1

        init(file: String, mix: TaskMix) {
            (self.file, self.mix) = (file, mix)
        }

        mutating func read(header: [String]) throws(ScenarioError) {
            for name in header {
                guard let column = Column(rawValue: name) else {
                    throw error(.unknown(what: "column", name: name, allowed: Column.allCases.map(\.rawValue)))
                }
                guard !columns.contains(column) else { throw error(.repeated(what: "the column", name: name)) }
                columns.append(column)
            }
            guard columns.contains(.offset) else {
                throw error(.missing(what: "the column offset_ns", allowed: ArrivalTrace.header))
            }
            let needsKind = columns.contains(.parameter) && !columns.contains(.kind)
            guard !needsKind else {
                throw error(.missing(what: "the column task_kind", allowed: "one beside parameter"))
            }
        }

        mutating func read(_ row: [String]) throws(ScenarioError) {
            line += 1
            guard row.count == columns.count else {
                throw error(
                    .invalid(what: "a line", value: row.joined(separator: ","), allowed: "\(columns.count) values"))
            }
            var entry = Entry(offset: 0)
            for (column, text) in zip(columns, row) { try set(column, of: &entry, to: text) }
            let last = entries.last?.offset ?? 0
            guard entry.offset >= last else {
                let order = "a time that is not before the one above it"
                throw error(.invalid(what: Column.offset.rawValue, value: "\(entry.offset)", allowed: order))
            }
            if let index = entry.mixEntry, let parameter = entry.parameter {
                let kind = mix.entries[index].kind
                if parameter > greatest[kind]?.parameter ?? -1 {
                    greatest[kind] = Greatest(parameter: parameter, line: line)
                }
            }
            entries.append(entry)
        }

        private func set(_ column: Column, of entry: inout Entry, to text: String) throws(ScenarioError) {
            switch column {
            case .offset: entry.offset = try number(text, column, upTo: 1 << 62)
            case .parameter: entry.parameter = Int64(try number(text, column, upTo: 1 << 62))
            case .expected: entry.expectedMicroseconds = UInt32(try number(text, column, upTo: UInt64(UInt32.max)))
            case .kind:
                guard let index = mix.entries.firstIndex(where: { $0.kind.name == text }) else {
                    throw error(.unknown(what: "task kind", name: text, allowed: mix.entries.map(\.kind.name)))
                }
                entry.mixEntry = index
            }
        }

        private func number(_ text: String, _ column: Column, upTo greatest: UInt64) throws(ScenarioError) -> UInt64 {
            guard let number = UInt64(text), number <= greatest else {
                throw error(
                    .invalid(what: column.rawValue, value: text, allowed: "a whole number from 0 to \(greatest)"))
            }
            return number
        }

        private func error(_ error: WorkloadError) -> ScenarioError {
            ScenarioError(file: file, line: line, problem: error.problem, allowed: error.allowed)
        }
    }
}

extension PlannedTask {
    /// Its line in a file that ``ArrivalTrace`` reads.
    package var traceLine: String { "\(offsetNanoseconds),\(kind.name),\(parameter),\(expectedMicroseconds)" }
}
