/// A piece of a report, in words that are the same wherever it is shown.
package enum ReportPart: Sendable {
    /// What the following is about, and a line on it.
    case heading(String, detail: String? = nil)
    /// A table with rows, and lines right below it.
    case table(TitledTable, notes: [String] = [])
    /// Lines of text.
    case text([String])
}

/// What a report is written for.
package enum ReportFormat: Sendable {
    /// A terminal: columns lined up by blanks.
    case terminal
    /// Markdown as GitHub has it.
    case markdown

    /// The text of parts, a blank line between two, ending with a line break; empty of none.
    package func text(of parts: [ReportPart]) -> String {
        parts.isEmpty ? "" : parts.map(text).joined(separator: "\n\n") + "\n"
    }

    private func text(_ part: ReportPart) -> String {
        switch (self, part) {
        case (.terminal, .heading(let title, let detail)): ([title] + Self.lines(detail)).joined(separator: "\n  ")
        case (.markdown, .heading(let title, let detail)):
            (["## " + title] + Self.lines(detail)).joined(separator: "\n\n")
        case (.terminal, .table(let table, let notes)):
            ([table.rendered ?? table.title] + notes).joined(separator: "\n")
        case (.markdown, .table(let table, let notes)): ([table.markdown] + notes).joined(separator: "\n\n")
        case (_, .text(let lines)): lines.joined(separator: "\n")
        }
    }

    private static func lines(_ detail: String?) -> [String] { detail.map { [$0] } ?? [] }
}

/// Something that is shown to people, as tables for the most part.
package protocol Reportable {
    /// What is shown, in order.
    var parts: [ReportPart] { get }
}

extension Reportable {
    /// The text, ending with a line break; empty when there is nothing to show.
    package func render(as format: ReportFormat = .terminal) -> String { format.text(of: parts) }
}

extension TitledTable {
    /// The table, or its title alone when it has no rows.
    var partOrTitle: ReportPart { rows.isEmpty ? .text([title]) : .table(self) }

    /// The table; nothing when it has no rows.
    var parts: [ReportPart] { rows.isEmpty ? [] : [.table(self)] }
}
