/// One value of a CSV file, as text. Empty means that there is no such value, never zero.
package struct CSVField: Sendable, Equatable {
    /// The value as it is read back, before quoting.
    package let text: String

    /// No value.
    package static let empty = CSVField(text: "")

    /// The value as it is written: in quotes when it holds a comma, a quote or a line break (RFC 4180).
    package var quoted: String {
        guard text.utf8.contains(where: { Self.special.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private static let special = Set(",\"\r\n".utf8)
}
