/// One run of a sweep: a cell, for the first or a later time. Named after randomised multiple interleaved trials
/// (A. Abedi and T. Brecht, "Conducting Repeatable Experiments in Highly Variable Cloud Computing Environments", 2017).
package struct SweepTrial: Hashable, Sendable {
    /// Which cell: its rank in the product of the axes, from 0.
    package let cell: Int
    /// Which of the cell's runs, from 1.
    package let repetition: Int

    /// The run of a cell with that number.
    package init(cell: Int, repetition: Int) {
        self.cell = cell
        self.repetition = repetition
    }
}
