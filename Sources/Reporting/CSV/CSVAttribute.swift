/// A column together with how a row fills it and is filled from it, so that the three can't drift apart.
package struct CSVAttribute<Row>: Sendable {
    /// Takes a field's text into a row; false when it is none of the column's values.
    typealias Fill = @Sendable (inout Row, String) -> Bool

    /// What it is.
    package let column: CSVColumn
    /// True for a column that came after the first files of its table, which lack it. Such columns are the last.
    let isNewer: Bool
    let field: @Sendable (Row) -> CSVField
    /// `nil` for a column that follows from others.
    let fill: Fill?

    private init(
        _ column: CSVColumn, isNewer: Bool = false, field: @escaping @Sendable (Row) -> CSVField, fill: Fill?
    ) {
        self.column = column
        self.isNewer = isNewer
        self.field = field
        self.fill = fill
    }

    /// A column that holds a value of the row.
    package init<Value: CSVValue>(
        _ name: String, _ unit: CSVUnit, _ path: any WritableKeyPath<Row, Value> & Sendable, _ meaning: String
    ) {
        self.init(
            CSVColumn(name: name, unit: unit, meaning: meaning), field: { $0[keyPath: path].field(in: unit) },
            fill: { row, text in
                guard let value = Value.reading(text) else { return false }
                row[keyPath: path] = value
                return true
            })
    }

    /// A column that holds a value of a part of the row; it is empty where the row has no such part.
    package init<Part: CSVPart, Value: CSVValue>(
        _ name: String, _ unit: CSVUnit, _ part: any WritableKeyPath<Row, Part?> & Sendable,
        _ path: any WritableKeyPath<Part, Value> & Sendable, _ meaning: String
    ) {
        self.init(
            CSVColumn(name: name, unit: unit, meaning: meaning),
            field: { $0[keyPath: part].map { $0[keyPath: path].field(in: unit) } ?? .empty },
            fill: { row, text in
                guard !text.isEmpty else { return true }
                guard let value = Value.reading(text) else { return false }
                var whole = row[keyPath: part] ?? .blank
                whole[keyPath: path] = value
                row[keyPath: part] = whole
                return true
            })
    }

    /// A column that a row fills with what `get` takes from it, and that `set` puts back.
    package init<Value: CSVValue>(
        _ name: String, _ unit: CSVUnit, get: @escaping @Sendable (Row) -> Value,
        set: @escaping @Sendable (inout Row, Value) -> Void, _ meaning: String
    ) {
        self.init(
            CSVColumn(name: name, unit: unit, meaning: meaning), field: { get($0).field(in: unit) },
            fill: { row, text in
                guard let value = Value.reading(text) else { return false }
                set(&row, value)
                return true
            })
    }

    /// A column that follows from what others hold, or that sums up more than the row can be made from: nothing is read
    /// from it.
    package init(
        _ name: String, _ unit: CSVUnit, derived value: @escaping @Sendable (Row) -> some CSVValue, _ meaning: String
    ) {
        self.init(
            CSVColumn(name: name, unit: unit, meaning: meaning), field: { value($0).field(in: unit) }, fill: nil)
    }

    /// The same column, of which it is known that the first files of the table lack it.
    var newer: CSVAttribute { CSVAttribute(column, isNewer: true, field: field, fill: fill) }
}

/// A part that a row may have or not, spread over several columns.
package protocol CSVPart: SendableMetatype {
    /// A part of zeros, to be filled in.
    static var blank: Self { get }
}
