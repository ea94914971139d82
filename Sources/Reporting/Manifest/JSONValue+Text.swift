extension JSONValue {
    /// The value of that name in an object; `nil` where there is none, and in what is no object.
    package subscript(name: String) -> JSONValue? {
        if case .object(let values) = self { values[name] } else { nil }
    }

    /// The whole number that it is; `nil` for anything else.
    package var integer: Int? {
        if case .integer(let value) = self { Int(exactly: value) } else { nil }
    }

    /// The values that it has in order; none for anything but an array.
    package var elements: [JSONValue] {
        if case .array(let values) = self { values } else { [] }
    }

    /// It as a person would write it; the values of an array with commas between them.
    package var text: String {
        switch self {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .number(let value): value.description
        case .integer(let value): String(value)
        case .string(let value): value
        case .array(let values): values.map(\.text).joined(separator: ", ")
        case .object(let values):
            values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: ", ")
        }
    }
}
