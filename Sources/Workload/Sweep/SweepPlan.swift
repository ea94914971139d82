/// What a sweep runs: every combination of some values of a scenario's fields, each a number of times.
///
/// Cells are numbered as an odometer counts: the last axis turns fastest. None is built before it is asked for.
package struct SweepPlan {
    /// The most runs that a sweep may have.
    package static let mostTrials = 1_000_000
    static let repetitionLimits = 1...mostTrials
    static let seedLimits: ClosedRange<UInt64> = 0...(.max)

    /// A short name for reports.
    package internal(set) var name = "unnamed"
    /// What the sweep is for.
    package internal(set) var description = ""
    /// How often each cell is run.
    package internal(set) var repetitions = 1
    /// The seed of the order, and of the seed of each run.
    package internal(set) var seed: UInt64 = 1
    /// What all cells have in common; an axis overrides it.
    var base: ScenarioFile
    /// The fields that vary.
    var axes: [SweepAxis] = []
    let file: String
    let vocabulary: Scenario.Vocabulary

    /// A plan without axes yet.
    init(file: String, vocabulary: Scenario.Vocabulary) {
        base = ScenarioFile(name: file, vocabulary: vocabulary)
        self.file = file
        self.vocabulary = vocabulary
    }

    /// The names of the axes, as a scenario file spells them.
    package var axisNames: [String] { axes.map(\.key.rawValue) }

    /// How many cells there are.
    package var cellCount: Int { axes.reduce(1) { $0 * $1.values.count } }

    /// How many runs there are.
    package var trialCount: Int { cellCount * repetitions }

    /// The cell's name: its rank from 1, such as `c007`. As many digits for all cells, at least three.
    package func cellID(_ cell: Int) -> String {
        let digits = String(cell + 1)
        return "c" + String(repeating: "0", count: max(3, String(cellCount).count) - digits.count) + digits
    }

    /// The run's name, which is also that of its folder: `c007-r1`.
    package func name(of trial: SweepTrial) -> String { "\(cellID(trial.cell))-r\(trial.repetition)" }

    /// What tables call the cell's values, one an axis.
    package func labels(of cell: Int) -> [String] { values(of: cell).map(\.label) }

    /// What the run is told. Throws only what ``check(_:)`` throws, too.
    package func scenario(of trial: SweepTrial) throws(ScenarioError) -> Scenario {
        var scenario = try scenarioFile(of: trial.cell).scenario
        scenario.seed = seed(of: trial)
        if base.line(of: .name) == nil { scenario.name = name }
        return scenario
    }

    /// A seed of the run's own: no two runs of a plan have the same one. Below 2⁵², so that readers who take every number
    /// for a floating-point one see it whole.
    func seed(of trial: SweepTrial) -> UInt64 {
        var seeds = SplitMix64(seed: seed)
        return (seeds.next() >> 12) ^ (UInt64(trial.cell) << 20 | UInt64(trial.repetition))
    }

    /// The scenario of a cell, with the line that each of its fields stands on.
    func scenarioFile(of cell: Int) throws(ScenarioError) -> ScenarioFile {
        var file = base
        for (axis, value) in zip(axes, values(of: cell)) { try file.set(axis.key, from: value.field) }
        return file
    }

    private func values(of cell: Int) -> [SweepAxis.Value] {
        var rest = cell
        let reversed = axes.reversed().map { axis in
            defer { rest /= axis.values.count }
            return axis.values[rest % axis.values.count]
        }
        return reversed.reversed()
    }
}
