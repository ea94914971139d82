import TextTable

extension TitledTable {
    /// The most characters of a name that are shown.
    private static let longestName = 20

    /// The lines of the table for a terminal, none of them ending in blanks: names to the left, numbers to the right, a thin
    /// rule under the header; `nil` when it has no rows.
    var rendered: String? {
        let table = TextTable<[String]> { row in
            zip(headings, row).map { heading, value in
                Column(
                    title: heading.title, value: heading.isShortened ? Self.shortened(value) : value,
                    align: heading.isNumber ? .right : .left)
            }
        }
        guard let body = table.string(for: rows, style: ThinRule.self) else { return nil }
        let lines = body.split(separator: "\n").map { line in
            "  " + line[...(line.lastIndex { $0 != " " } ?? line.startIndex)]
        }
        return ([title] + lines).joined(separator: "\n")
    }

    private static func shortened(_ name: String) -> String {
        name.count <= longestName ? name : name.prefix(longestName - 1) + "…"
    }
}

/// Columns two blanks apart, with a line below the header.
private enum ThinRule: TextTableStyle {
    static func prepare(_ text: String, for column: Column) -> String { Style.simple.prepare(text, for: column) }

    static func escape(_ text: String) -> String { text }

    static func begin(_ table: inout String, index: Int, columns: [Column]) {}

    static func end(_ table: inout String, index: Int, columns: [Column]) {}

    static func header(_ table: inout String, index: Int, columns: [Column]) {
        table += columns.map { $0.headerString(for: self) }.joined(separator: "  ") + "\n"
        table += columns.map { $0.repeated("─") }.joined(separator: "──") + "\n"
    }

    static func row(_ table: inout String, index: Int, columns: [Column]) {
        table += columns.map { $0.string(for: self) }.joined(separator: "  ") + "\n"
    }
}
