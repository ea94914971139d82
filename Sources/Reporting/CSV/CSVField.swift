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

/// What can stand in a CSV file.
package protocol CSVValue: SendableMetatype {
    /// The value as a field of a column in `unit`; the same in every locale.
    func field(in unit: CSVUnit) -> CSVField
}

extension String: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: self) }
}

extension Bool: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: self ? "true" : "false") }
}

extension Int: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: String(self)) }
}

extension UInt64: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: String(self)) }
}

extension Double: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField {
        guard let decimals = unit.decimals, isFinite else { return CSVField(text: description) }
        return CSVField(text: fixed(decimals))
    }
}

extension Optional: CSVValue where Wrapped: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { map { $0.field(in: unit) } ?? .empty }
}

extension CSVValue where Self: RawRepresentable<String> {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: rawValue) }
}
