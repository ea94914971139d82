/// A row of `model.csv`: a term of a cost model
package struct ModelRow: CSVTable, Sendable, Equatable {
    package static let fileName = "model.csv"
    package static let rowMeaning =
        "a figure of the model of `fibq plan` × term: its coefficient, and how far the figure is off"

    package var key: RunKey
    package var figure: String
    package var term: String
    package var coefficient: Double
    package var unseen: Int
    package var medianError: Double
    package var worstError: Double
    package var worstCell: String

    /// A row of the given values.
    package init(
        key: RunKey, figure: String, term: String, coefficient: Double, unseen: Int, medianError: Double,
        worstError: Double, worstCell: String
    ) {
        self.key = key
        self.figure = figure
        self.term = term
        self.coefficient = coefficient
        self.unseen = unseen
        self.medianError = medianError
        self.worstError = worstError
        self.worstCell = worstCell
    }

    package static let attributes: [CSVAttribute<ModelRow>] = [
        CSVAttribute("figure", .text, \.figure, "what the model is of"),
        CSVAttribute("term", .text, \.term, "what the term counts"),
        CSVAttribute(
            "coefficient", .number, \.coefficient,
            "by how much: of microseconds, bytes or a share, as the figure has it"),
        CSVAttribute("unseen_cells", .count, \.unseen, "cells of the figure that the fit did not see"),
        CSVAttribute("median_error", .ratio, \.medianError, "the middle one of their |predicted ÷ measured − 1|"),
        CSVAttribute("worst_error", .ratio, \.worstError, "the largest one"),
        CSVAttribute("worst_cell", .text, \.worstCell, "the cell of that"),
    ]
}
