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
    /// What the name of an axis' column begins with.
    static let axisPrefix = "param_"

    /// The column of a sweep's axis: the field's name with `param_` before it.
    init(axis: String) {
        self.init(
            name: Self.axisPrefix + axis.replacing("-", with: "_"), unit: .text,
            meaning: "the cell's value of that field, or its label in the plan; one column an axis, in the plan's order"
        )
    }

    /// The axis whose column it is; `nil` when it is of none. (No field of a scenario has an underscore in its name.)
    static func axis(ofColumn name: String) -> String? {
        name.hasPrefix(axisPrefix) ? String(name.dropFirst(axisPrefix.count)).replacing("_", with: "-") : nil
    }
}
