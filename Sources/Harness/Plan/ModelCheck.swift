import Measurement

/// A model that was fitted to one half of the cells, held against the other half.
package struct ModelCheck: Sendable {
    /// A cell that the model has not seen, and what it says of it.
    package struct Unseen: Sendable {
        /// The cell.
        package let cell: String
        /// The figure.
        package let figure: CostFigure
        /// What was measured.
        package let measured: Double
        /// What the model says.
        package let predicted: Double

        /// How far it is off, as a share of what was measured.
        package var error: Double { abs(predicted / measured - 1) }
    }

    /// The model of the half that was seen.
    package let model: CostModel
    /// The others, in order.
    package let unseen: [Unseen]

    /// Fits a model to every second cell of a chessboard whose rows are four cells long: so that each claim size and each spread
    /// is in both halves.
    ///
    /// How often servers are asked as fast as can be is not given to the model either: it says that itself.
    package init(of cells: [CostCell], in setting: CostModel.Setting) throws(HarnessError) {
        let isSeen = { (place: Int) in (place + place / 4).isMultiple(of: 2) }
        model = try CostModel(of: cells.indices.filter(isSeen).map { cells[$0] }, in: setting)
        var unseen: [Unseen] = []
        for cell in cells.indices.filter({ !isSeen($0) }).map({ cells[$0] }) {
            var point = cell.point
            if cell.figures[.throughput] != nil { point.rate = model.value(of: .throughput, at: point) }
            for figure in CostFigure.allCases {
                guard let measured = cell.figures[figure] else { continue }
                unseen.append(
                    Unseen(
                        cell: cell.name, figure: figure, measured: measured,
                        predicted: model.value(of: figure, at: point)))
            }
        }
        self.unseen = unseen
    }

    /// How many times as much as the model says was measured where that is the most, at least 1.
    package func worstShortfall(of figure: CostFigure) -> Double {
        unseen.filter { $0.figure == figure }.map { $0.measured / $0.predicted }.reduce(1, max)
    }

    /// The errors of a figure, as shares: the middle one and the largest; `nil` of none.
    package func errors(of figure: CostFigure) -> (median: Double, worst: Unseen)? {
        let some = unseen.filter { $0.figure == figure }
        guard let median = some.map(\.error).median, let worst = some.max(by: { $0.error < $1.error }) else {
            return nil
        }
        return (median, worst)
    }
}
