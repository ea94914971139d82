import Reporting
import Testing

@Suite("Styled line")
struct StyledLineTests {
    @Test(
        "the columns of a text",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("🙂", 2), ("≈µ–…", 4), ("─█", 2),
        ])
    func columns(text: String, width: Int) {
        #expect(TextWidth.columns(of: text) == width)
    }

    @Test(
        "what does not fit is cut",
        arguments: [
            ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""), ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"), ("日本語", 6, "日本語"),
        ])
    func cut(text: String, width: Int, shown: String) {
        #expect(TextWidth.cut(text, to: width) == shown)
        #expect(StyledLine(text).cut(to: width).text == shown)
    }

    @Test("of several pieces, too")
    func pieces() {
        var line = StyledLine("ab", .strong)
        line.append("cd")
        #expect(line.cut(to: 4).text == "abcd")
        #expect(line.cut(to: 3).text == "ab…")
        #expect(line.cut(to: 2).text == "a…")
    }

    @Test("styles are ended with their piece, and plain text has none")
    func rendered() {
        var line = StyledLine("a", .strong)
        line.append("b")
        line.append("c", .alarm)
        #expect(line.rendered == "\u{1B}[1ma\u{1B}[0mb\u{1B}[1;31mc\u{1B}[0m")
        #expect(line.text == "abc")
        line.pad(to: 5)
        #expect(line.text == "abc  ")
    }

    @Test("nothing that a terminal would obey stays")
    func printable() {
        #expect(StyledLine("a\u{1B}[2Jb\nc\u{202E}").rendered == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}")
    }
}
