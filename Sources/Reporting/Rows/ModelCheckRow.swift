/// A row of `model_check.csv`: a prediction held against a measurement
package struct ModelCheckRow: CSVTable, Sendable, Equatable {
    package static let fileName = "model_check.csv"
    package static let rowMeaning = "a figure × cell that the fit of `fibq plan` did not see"

    package var key: RunKey
    package var figure: String
    package var cell: String
    package var measured: Double
    package var predicted: Double
    package var error: Double

    /// A row of the given values.
    package init(
        key: RunKey, figure: String, cell: String, measured: Double, predicted: Double, error: Double
    ) {
        self.key = key
        self.figure = figure
        self.cell = cell
        self.measured = measured
        self.predicted = predicted
        self.error = error
    }

    package static let attributes: [CSVAttribute<ModelCheckRow>] = [
        CSVAttribute("figure", .text, \.figure, "what the model is of"),
        CSVAttribute("cell", .text, \.cell, "the cell of the study that it is of"),
        CSVAttribute("measured", .number, \.measured, "the median of its trials"),
        CSVAttribute("predicted", .number, \.predicted, "what the model says"),
        CSVAttribute("error", .ratio, \.error, "|predicted ÷ measured − 1|"),
    ]
}
