/// What can stand in a CSV file.
package protocol CSVValue: SendableMetatype {
    /// The value as a field of a column in `unit`; the same in every locale.
    func field(in unit: CSVUnit) -> CSVField

    /// The value that a field's text stands for; `nil` when it stands for none of this type.
    static func reading(_ text: String) -> Self?
}

extension String: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: self) }

    package static func reading(_ text: String) -> String? { text }
}

extension Bool: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: self ? "true" : "false") }

    package static func reading(_ text: String) -> Bool? { Bool(text) }
}

extension Int: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: String(self)) }

    package static func reading(_ text: String) -> Int? { Int(text) }
}

extension UInt64: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: String(self)) }

    package static func reading(_ text: String) -> UInt64? { UInt64(text) }
}

extension Double: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField {
        guard let decimals = unit.decimals, isFinite else { return CSVField(text: description) }
        return CSVField(text: fixed(decimals))
    }

    package static func reading(_ text: String) -> Double? { Double(text) }
}

extension Optional: CSVValue where Wrapped: CSVValue {
    package func field(in unit: CSVUnit) -> CSVField { map { $0.field(in: unit) } ?? .empty }

    package static func reading(_ text: String) -> Wrapped?? {
        guard !text.isEmpty else { return .some(nil) }
        return Wrapped.reading(text).map(Optional.some)
    }
}

extension CSVValue where Self: RawRepresentable<String> {
    package func field(in unit: CSVUnit) -> CSVField { CSVField(text: rawValue) }

    package static func reading(_ text: String) -> Self? { Self(rawValue: text) }
}
