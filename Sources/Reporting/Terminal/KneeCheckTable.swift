/// The knee that was found of a queue beside the one that is known of it, for a person to read.
///
/// Pure: a row in, parts of a report out.
package struct KneeCheckTable: Reportable {
    /// The check.
    package var row: KneeCheckRow

    /// The table of a check.
    package init(row: KneeCheckRow) { self.row = row }

    package var parts: [ReportPart] {
        [
            .text([
                "found \(HumanNumber.rate(row.foundPerSecond)), known \(HumanNumber.rate(row.knownPerSecond)), "
                    + "ratio \(row.ratio.fixed(3))"
            ])
        ]
    }
}
