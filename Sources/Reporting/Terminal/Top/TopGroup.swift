/// Fields that belong together, each a name and a value, under one label: flows over as many lines as it needs.
struct TopGroup: Equatable, Sendable {
    /// The columns that a label takes.
    static let labelWidth = 10

    let label: String
    private(set) var fields: [StyledLine] = []

    /// A group without fields.
    init(_ label: String) { self.label = label }

    /// Adds a field: what it is, and its value.
    mutating func add(_ name: String, _ value: String, isWrong: Bool = false) {
        var field = StyledLine(name.isEmpty || value.isEmpty ? name : name + " ", .faint)
        field.append(value, isWrong ? .alarm : .plain)
        fields.append(field)
    }

    /// Adds a remark.
    mutating func remark(_ text: String, isWrong: Bool = false) {
        fields.append(StyledLine(text, isWrong ? .alarm : .faint))
    }

    /// Its lines: fields are two blanks apart and never broken, but cut when one is wider than a line.
    func lines(width: Int) -> [StyledLine] {
        let indent = width >= 4 * Self.labelWidth ? Self.labelWidth : 2
        var first = StyledLine(label, .strong)
        if indent == Self.labelWidth { first.pad(to: indent) } else { first.append("  ") }
        var lines = [first]
        var isFresh = true
        for field in fields {
            if !isFresh, lines[lines.count - 1].width + 2 + field.width > width {
                lines.append(StyledLine(String(repeating: " ", count: indent)))
                isFresh = true
            }
            if !isFresh { lines[lines.count - 1].append("  ") }
            lines[lines.count - 1].append(field)
            isFresh = false
        }
        return lines.map { $0.cut(to: width) }
    }
}
