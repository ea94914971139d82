/// The shards of a queue for a person to read. Pure: values in, text out.
package struct ShardTable {
    /// A shard.
    package struct Row: Sendable {
        let name: String
        let server: String
        let isOpen: Bool
        let places: [(name: String, count: Int)]

        /// A shard of this name, on that server; `places` are its tasks by the place where they lie.
        package init(name: String, server: String, isOpen: Bool, places: [(name: String, count: Int)]) {
            (self.name, self.server, self.isOpen, self.places) = (name, server, isOpen, places)
        }
    }

    private let rows: [Row]

    /// A table of these shards.
    package init(rows: [Row]) { self.rows = rows }

    /// The text, ending with a line break.
    package func render() -> String { (titled.rendered ?? "") + "\n" }

    var titled: TitledTable {
        TitledTable(
            title: "Shards",
            headings: [.text("shard"), .text("server"), .text("producers")]
                + (rows.first?.places ?? []).map { .number($0.name) },
            rows: rows.map { row in
                [row.name, row.server, row.isOpen ? "open" : "closed"] + row.places.map { HumanNumber.count($0.count) }
            })
    }
}
