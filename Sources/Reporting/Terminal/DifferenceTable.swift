/// In what two recorded set-ups differ, for a person to read before comparing them.
///
/// Pure: values in, parts of a report out.
package struct DifferenceTable: Reportable {
    /// A thing that is not the same.
    package struct Row: Sendable, Equatable {
        /// What it is, as the manifest names it.
        package var name: String
        /// What it is in the first set-up.
        package var base: String
        /// What it is in the second.
        package var compared: String

        /// A difference of the given values.
        package init(name: String, base: String, compared: String) {
            self.name = name
            self.base = base
            self.compared = compared
        }
    }

    /// The differences.
    package var rows: [Row]

    /// A table of the given differences.
    package init(rows: [Row]) { self.rows = rows }

    package var parts: [ReportPart] {
        guard !rows.isEmpty else {
            return [.text(["The set-ups are alike in machine, commit, versions, Redis settings and scenario."])]
        }
        return [
            .table(
                TitledTable(
                    title: "What differs between the set-ups",
                    headings: [.verbatim("what"), .verbatim("A"), .verbatim("B")],
                    rows: rows.map { [$0.name, $0.base, $0.compared] }))
        ]
    }
}
