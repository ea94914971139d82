/// A line for a terminal, in pieces that stand out or not. It holds no line break, and nothing that a terminal would obey.
package struct StyledLine: Equatable, Sendable {
    /// How a piece stands out.
    package enum Style: Equatable, Sendable {
        /// Not at all.
        case plain
        /// As a heading.
        case strong
        /// Less than the rest.
        case faint
        /// As something that is wrong.
        case alarm
    }

    private struct Piece: Equatable, Sendable {
        var text: String
        var style: Style
    }

    private var pieces: [Piece] = []

    /// A line of one piece; what a terminal would obey is replaced.
    package init(_ text: String = "", _ style: Style = .plain) { append(text, style) }

    /// Adds a piece.
    package mutating func append(_ text: String, _ style: Style = .plain) {
        if !text.isEmpty { pieces.append(Piece(text: TextWidth.printable(text), style: style)) }
    }

    /// Adds another line's pieces.
    package mutating func append(_ line: StyledLine) { pieces += line.pieces }

    /// Adds blanks up to a column.
    package mutating func pad(to column: Int) { append(String(repeating: " ", count: max(0, column - width))) }

    /// How many columns it takes.
    package var width: Int { pieces.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }

    /// The text alone.
    package var text: String { pieces.map(\.text).joined() }

    /// As much of it as fits into that many columns.
    package func cut(to width: Int) -> StyledLine {
        guard self.width > width else { return self }
        var (line, left) = (StyledLine(), width)
        for piece in pieces where left > 0 {
            // What is cut ends with an ellipsis, also where a piece fits that another follows.
            let columns = TextWidth.columns(of: piece.text)
            let text = columns < left ? piece.text : TextWidth.cut(piece.text + " ", to: left)
            line.pieces.append(Piece(text: text, style: piece.style))
            left -= columns
        }
        return line
    }

    /// The text with what makes a terminal show the styles (ECMA-48, SGR): the one place that knows how. A style is ended with
    /// its piece.
    package var rendered: String {
        pieces.map { piece in
            switch piece.style {
            case .plain: piece.text
            case .strong: "\u{1B}[1m\(piece.text)\u{1B}[0m"
            case .faint: "\u{1B}[2m\(piece.text)\u{1B}[0m"
            case .alarm: "\u{1B}[1;31m\(piece.text)\u{1B}[0m"
            }
        }.joined()
    }
}
