/// A row of one of a run's CSV files, which knows the file's name, its columns and what they mean.
package protocol CSVTable {
    /// The file's name in the run's folder.
    static var fileName: String { get }
    /// What one row is.
    static var rowMeaning: String { get }
    /// The columns after the key's four, in order.
    static var attributes: [CSVAttribute<Self>] { get }
    /// The run it belongs to.
    var key: RunKey { get }
}

extension CSVTable {
    /// All columns, in order.
    package static var columns: [CSVColumn] { RunKey.attributes.map(\.column) + attributes.map(\.column) }

    /// The row's values, one a column.
    package var fields: [CSVField] {
        RunKey.attributes.map { $0.field(key) } + Self.attributes.map { $0.field(self) }
    }
}
