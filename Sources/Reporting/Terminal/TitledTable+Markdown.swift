extension TitledTable {
    /// The table in the Markdown of GitHub, below its title as a heading: pipes around the fields, those in them escaped, and
    /// numbers to the right.
    var markdown: String {
        let header = Self.line(headings.map(\.title))
        let rule = "|" + headings.map { $0.isNumber ? "---:" : "---" }.joined(separator: "|") + "|"
        return (["### " + title, "", header, rule] + rows.map(Self.line)).joined(separator: "\n")
    }

    private static func line(_ fields: [String]) -> String {
        "| " + fields.map(escaped).joined(separator: " | ") + " |"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("|", with: "\\|").split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
