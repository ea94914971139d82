/// What a sweep runs: every combination of some values of a scenario's fields but for those that are left out, each a number
/// of times.
///
/// Cells are numbered as an odometer counts: the last axis turns fastest, and what is left out has no number. None is built
/// before it is asked for.
package struct SweepPlan {
    /// The most runs that a sweep may have.
    package static let mostTrials = 1_000_000
    static let repetitionLimits = 1...mostTrials
    static let seedLimits: ClosedRange<UInt64> = 0...(.max)

    /// A short name for reports.
    package internal(set) var name = "unnamed"
    /// What the sweep is for.
    package internal(set) var description = ""
    /// How often each cell is run; the least number of times where there is a ``stopRule``.
    package internal(set) var repetitions = 1
    /// When a cell has been run often enough; `nil` for after its repetitions.
    package internal(set) var stopRule: StopRule?
    /// The seed of the order, and of the seed of each run.
    package internal(set) var seed: UInt64 = 1
    /// What all cells have in common; an axis overrides it.
    var base: ScenarioFile
    /// What varies.
    var axes: [SweepAxis] = []
    /// What is left out, in the plan's words.
    var exclusions: [SweepExclusion] = []
    /// The combinations that are not left out, by their rank among all; `nil` when that is all.
    var kept: [Int]?
    let file: String
    let vocabulary: Scenario.Vocabulary

    /// A plan without axes yet.
    init(file: String, vocabulary: Scenario.Vocabulary) {
        base = ScenarioFile(name: file, vocabulary: vocabulary)
        self.file = file
        self.vocabulary = vocabulary
    }

    /// The names of the axes, as a scenario file spells them.
    package var axisNames: [String] { axes.flatMap(\.names) }

    /// How many cells there are.
    package var cellCount: Int { kept?.count ?? combinationCount }

    /// How many runs there are; the least number where there is a ``stopRule``.
    package var trialCount: Int { cellCount * repetitions }

    /// The most times that a cell is run.
    package var mostRepetitions: Int { stopRule?.most ?? repetitions }

    /// The cell's name: its rank from 1, such as `c007`. As many digits for all cells, at least three.
    package func cellID(_ cell: Int) -> String {
        let digits = String(cell + 1)
        return "c" + String(repeating: "0", count: max(3, String(cellCount).count) - digits.count) + digits
    }

    /// The run's name, which is also that of its folder: `c007-r1`.
    package func name(of trial: SweepTrial) -> String { "\(cellID(trial.cell))-r\(trial.repetition)" }

    /// What tables call the cell's values, one a field that varies.
    package func labels(of cell: Int) -> [String] { values(of: cell).map(\.value.label) }

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

    /// The scenario of a cell, with the line that each of its fields stands on. What is a part of a field comes after all
    /// fields, whatever the order of the axes. Throws when a field has no such part.
    func scenarioFile(of cell: Int) throws(ScenarioError) -> ScenarioFile {
        var file = base
        let values = values(of: cell)
        for (field, value) in values where !field.isPart { try field.set(value.source, in: &file) }
        for (field, value) in values where field.isPart {
            do { try field.set(value.source, in: &file) } catch { throw naming(cell, in: error) }
        }
        return file
    }

    /// The error with the cell that it is of.
    func naming(_ cell: Int, in error: ScenarioError) -> ScenarioError {
        let values = zip(axisNames, labels(of: cell)).map { "\($0) \($1)" }.joined(separator: ", ")
        return ScenarioError(
            file: error.file, line: error.line, problem: "\(error.problem) in cell \(cellID(cell)) (\(values))",
            allowed: error.allowed)
    }

    /// How many combinations of the axes' points there are, those that are left out among them.
    var combinationCount: Int { axes.reduce(1) { $0 * $1.points.count } }

    /// The point on each axis, in order, of the combination with that rank.
    func points(ofCombination rank: Int) -> [Int] {
        var rest = rank
        let reversed = axes.reversed().map { axis in
            defer { rest /= axis.points.count }
            return rest % axis.points.count
        }
        return reversed.reversed()
    }

    private func values(of cell: Int) -> [(field: SweepField, value: SweepValue)] {
        let points = points(ofCombination: kept?[cell] ?? cell)
        return zip(axes, points).flatMap { axis, point in zip(axis.fields, axis.points[point]).map { ($0, $1) } }
    }
}
