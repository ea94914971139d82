/// What the data dictionary says of a column.
package struct CSVColumn: Sendable, Equatable {
    /// Its name in the header, snake_case with its unit as a suffix.
    package let name: String
    /// What its values are counted in.
    package let unit: CSVUnit
    /// What they say.
    package let meaning: String
}

extension CSVColumn {
    /// The column of a sweep's axis: the field's name with `param_` before it.
    init(axis: String) {
        self.init(
            name: "param_" + axis.replacing("-", with: "_"), unit: .text,
            meaning: "the cell's value of that field, or its label in the plan; one column an axis, in the plan's order"
        )
    }
}

/// A column together with how a row fills it, so that the two can't drift apart.
package struct CSVAttribute<Row>: Sendable {
    /// What it is.
    package let column: CSVColumn
    let field: @Sendable (Row) -> CSVField

    /// A column filled with what `value` takes from the row.
    package init(
        _ name: String, _ unit: CSVUnit, _ value: @escaping @Sendable (Row) -> some CSVValue, _ meaning: String
    ) {
        column = CSVColumn(name: name, unit: unit, meaning: meaning)
        field = { value($0).field(in: unit) }
    }
}
