import Measurement
package import Reporting

/// Two recorded set-ups, held against each other: what is known of each figure, and what differs besides.
package struct RunComparison: Reportable {
    /// The figures.
    package let figures: ComparisonTable
    /// What differs between the set-ups.
    package let differences: DifferenceTable

    package var parts: [ReportPart] { figures.parts + differences.parts }

    /// Compares the folder `compared` with the folder `base`.
    ///
    /// - Throws: ``HarnessError/results(_:)`` when one can't be read, ``HarnessError/usage(_:)`` when the two have nothing in
    ///   common.
    package init(base: String, compared: String) throws(HarnessError) {
        let (base, compared) = (try ComparedSide(base), try ComparedSide(compared))
        guard (base.axes == nil) == (compared.axes == nil) else {
            let (sweep, other) = base.axes == nil ? (compared, base) : (base, compared)
            throw .usage(
                "\(sweep.path) is a sweep and \(other.path) is not: compare two sweeps, or a run or a cell of the sweep by its own name"
            )
        }
        let axes = base.axes ?? []
        let pairs = base.cells.compactMap { cell in
            compared.cells.first { $0.parameters == cell.parameters }.map { (cell, $0) }
        }
        guard !pairs.isEmpty else {
            throw .usage(
                "no cell of \(base.path) has the same parameters as one of \(compared.path): their axes are "
                    + "\(Self.list(axes)) and \(Self.list(compared.axes ?? []))")
        }
        let rows = pairs.flatMap { base, compared in
            ComparedMeasure.allCases.compactMap { Self.row($0, axes, base, compared) }
        }
        let notes = [("A", base, compared), ("B", compared, base)].flatMap { Self.notes($0, $1, against: $2) }
        figures = ComparisonTable(base: base.path, compared: compared.path, axes: axes, rows: rows, notes: notes)
        differences = DifferenceTable(rows: base.setup.differences(to: compared.setup))
    }

    private static func list(_ axes: [String]) -> String { axes.isEmpty ? "none" : axes.joined(separator: ", ") }

    /// What is known of a figure of a cell; `nil` when neither has it.
    private static func row(
        _ measure: ComparedMeasure, _ axes: [String], _ base: ComparedSide.Cell, _ compared: ComparedSide.Cell
    ) -> ComparisonTable.Row? {
        let (first, second) = (base.runs.compactMap(measure.value), compared.runs.compactMap(measure.value))
        guard !first.isEmpty || !second.isEmpty else { return nil }
        let test = RankTest(first, second)
        return ComparisonTable.Row(
            parameters: base.labels(axes), measure: measure.name, unit: measure.unit,
            base: (first.median, first.count), compared: (second.median, second.count), ratio: test?.ratio,
            interval: test?.ratioInterval, pValue: test?.pValue,
            verdict: verdict(first, second, isBetterHigher: measure.isBetterHigher))
    }

    /// What can be said of two samples of a figure.
    package static func verdict(
        _ first: [Double], _ second: [Double], isBetterHigher: Bool
    ) -> ComparisonTable.Verdict {
        guard let test = RankTest(first, second) else { return .noFigure }
        guard canDiffer(first.count, second.count) else { return .tooFewRuns }
        guard test.isDifferent else { return .notDistinguishable }
        let isHigher = test.pairsAbove * 2 > Double(first.count * second.count)
        return isHigher == isBetterHigher ? .better : .worse
    }

    /// Whether so many runs could show a difference at all: whether the test calls those different of which one sample is
    /// wholly above the other.
    private static func canDiffer(_ first: Int, _ second: Int) -> Bool {
        RankTest((0..<first).map { Double($0) }, (0..<second).map { Double(first + $0) })?.isDifferent ?? false
    }

    /// What does not count of a side, and why.
    private static func notes(_ name: String, _ side: ComparedSide, against other: ComparedSide) -> [String] {
        let axes = side.axes ?? []
        let alone = side.cells.filter { cell in !other.cells.contains { $0.parameters == cell.parameters } }
        let undone = side.cells.flatMap(\.runs).count { $0.status != .done }
        var notes: [String] = []
        if !alone.isEmpty {
            notes.append(
                "Cells of \(name) without a partner: \(HumanNumber.count(alone.count)) of "
                    + "\(HumanNumber.count(side.cells.count)): \(alone.map { $0.name(axes) }.joined(separator: "; "))")
        }
        if undone > 0 {
            notes.append(
                "Runs of \(name) that do not count, since they failed or are not usable: \(HumanNumber.count(undone))")
        }
        return notes
    }
}
