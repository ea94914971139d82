import Measurement
package import Reporting

/// Fits a power law to each figure of each law and durability.
package enum GrowthExponents {
    /// A row for each that has at least two sizes, by the medians of their trials. A figure that is not above 0 somewhere has
    /// none.
    package static func rows(_ runID: String, _ trials: [GrowthTrialRow]) -> [ExponentRow] {
        GrowthCell.groups(of: trials).flatMap { cells in
            GrowthCell.Figure.allCases.compactMap { figure in row(runID, cells, figure) }
        }
    }

    private static func row(_ runID: String, _ cells: [GrowthCell], _ figure: GrowthCell.Figure) -> ExponentRow? {
        let (least, greatest) = (cells[0], cells[cells.count - 1])
        guard
            let law = PowerLaw(sizes: cells.map { Double($0.size) }, costs: cells.map { $0.median(figure) })
        else { return nil }
        return ExponentRow(
            key: .study(runID), law: least.law, protocolName: least.trials[0].protocolName,
            durability: least.durability, figure: figure.rawValue, fromSize: least.size, toSize: greatest.size,
            sizes: cells.count, exponent: law.exponent, standardError: law.standardError, deviation: law.deviation,
            ratio: greatest.median(figure) / least.median(figure))
    }
}
