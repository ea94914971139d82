/// A row of one of a run's CSV files, which knows the file's name, its columns and what they mean.
package protocol CSVTable: SendableMetatype {
    /// The file's name in the run's folder.
    static var fileName: String { get }
    /// What one row is.
    static var rowMeaning: String { get }
    /// True for a table of a sweep, which has a column for each of its axes.
    static var hasAxes: Bool { get }
    /// The columns after the key's four, in order.
    static var attributes: [CSVAttribute<Self>] { get }
    /// The run it belongs to.
    var key: RunKey { get }
    /// Its values on the axes of a sweep, in columns between the key's and the table's own; none in most tables.
    var parameters: [String] { get }
}

extension CSVTable {
    /// Most tables are not of sweeps.
    package static var hasAxes: Bool { false }

    /// No values on axes.
    package var parameters: [String] { [] }

    /// All columns, in order.
    package static var columns: [CSVColumn] { columns(axes: []) }

    /// All columns, in order, of a table whose rows have a value on each of these axes.
    package static func columns(axes: [String]) -> [CSVColumn] {
        RunKey.attributes.map(\.column) + axes.map(CSVColumn.init(axis:)) + attributes.map(\.column)
    }

    /// The names of its last columns that came after the first files of it, which lack them; none in most tables.
    package static var newerColumns: [String] { attributes.filter(\.isNewer).map(\.column.name) }

    /// The row's values, one a column.
    package var fields: [CSVField] {
        RunKey.attributes.map { $0.field(key) } + parameters.map { $0.field(in: .text) }
            + Self.attributes.map { $0.field(self) }
    }
}

/// A table whose rows can be made again from a file.
package protocol ReadableCSVTable: CSVTable {
    /// A row of that run with these values on the axes, and zeros, to be filled in, for all else.
    init(blank key: RunKey, parameters: [String])
}
