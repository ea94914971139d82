import InstanceLimits
package import Reporting
package import Workload

/// What an instance sustains of each set-up of a sweep over rates, with CPU credits and without, and for how long.
package struct SustainedRates {
    /// A run of a sweep.
    package typealias Run = (scenario: Scenario, row: CellRow)

    /// Axes that say how much comes for how long and what is left, and not what it comes to.
    private static let measuring: Set = ["rate", "arrival", "credits", "tasks", "duration"]

    /// The axes that tell set-ups apart.
    package let axes: [String]
    private let kept: [Int]

    /// For a sweep with these axes.
    package init(axes: [String]) {
        kept = axes.indices.filter { !Self.measuring.contains(axes[$0]) }
        self.axes = kept.map { axes[$0] }
    }

    /// A row a set-up, in the order of their cells. None for a sweep without runs at a rate on an instance, and none where nothing
    /// was held back to what the instance has.
    ///
    /// - Parameters:
    ///   - runs: all runs of the sweep.
    ///   - ranOut: whether a run that began with credits was held back for want of them: it says nothing of either case.
    ///   - span: how long credits carry the rate at which a run was made; `nil` where that is not known.
    package func rows<Failure>(
        of runs: [Run], ranOut: (CellRow) throws(Failure) -> Bool, span: (CellRow) throws(Failure) -> CreditSpan?
    ) throws(Failure) -> [SustainedRow] {
        let held = runs.filter { run in
            // What failed was on the same machine as the others.
            run.scenario.rate != nil && run.scenario.instance != nil && run.row.summary["is_held"] != "false"
        }
        let setups = Dictionary(grouping: held) { run in
            [run.scenario.instance ?? "", run.scenario.process] + self.parameters(of: run.row)
        }
        let inOrder = setups.values.map { $0.sorted { $0.row.key.cellID < $1.row.key.cellID } }
            .sorted { $0[0].row.key.cellID < $1[0].row.key.cellID }
        var rows: [SustainedRow] = []
        for setup in inOrder where Set(setup.map(\.scenario.rate)).count > 1 {
            rows.append(try row(of: setup, ranOut, span))
        }
        return rows
    }

    private func row<Failure>(
        of setup: [Run], _ ranOut: (CellRow) throws(Failure) -> Bool, _ span: (CellRow) throws(Failure) -> CreditSpan?
    ) throws(Failure) -> SustainedRow {
        var supplied: [Run] = []
        for run in setup where CreditSupply(run.scenario.credits) == .full {
            if try !ranOut(run.row) { supplied.append(run) }
        }
        let with = RateLadder(supplied.compactMap(Self.step))
        let without = RateLadder(setup.filter { CreditSupply($0.scenario.credits) == .none }.compactMap(Self.step))
        var spans: [CreditSpan] = []
        for run in with?.runs ?? [] { if let span = try span(run) { spans.append(span) } }
        return SustainedRow(
            key: (with?.runs.first ?? without?.runs.first ?? setup[0].row).key,
            parameters: parameters(of: setup[0].row),
            instance: setup[0].scenario.instance ?? "", withCredits: with?.rate, span: CreditSpan(worstOf: spans),
            withoutCredits: without?.rate)
    }

    private static func step(_ run: Run) -> (perSecond: Double, row: CellRow)? {
        run.scenario.rate.map { ($0, run.row) }
    }

    private func parameters(of row: CellRow) -> [String] { kept.map { row.parameters[$0] } }
}

/// Whether a run had CPU credits all along.
private enum CreditSupply {
    /// As many as a new machine has, or all that one can have.
    case full
    /// None.
    case none
    /// Some number, which may have run out.
    case some

    init(_ credits: String?) {
        switch credits.flatMap(CreditAccount.Start.init) {
        case nil, .launch, .full: self = .full
        case .empty, .credits(0): self = .none
        case .credits: self = .some
        }
    }
}

extension Scenario {
    /// The name of its arrival process.
    fileprivate var process: String { String("\(arrival)".prefix { $0 != ":" }) }

    /// Tasks a second that are to come; `nil` for arrivals without one rate.
    fileprivate var rate: Double? {
        switch arrival {
        case .constant(let rate), .poisson(let rate): rate
        default: nil
        }
    }
}

extension CreditSpan {
    /// The worst of some; `nil` of none.
    fileprivate init?(worstOf spans: [CreditSpan]) {
        guard let processors = spans.map(\.processors).max() else { return nil }
        self.init(
            processors: processors, isForEver: spans.allSatisfy(\.isForEver),
            fullSeconds: spans.compactMap(\.fullSeconds).min(), launchSeconds: spans.compactMap(\.launchSeconds).min())
    }
}
