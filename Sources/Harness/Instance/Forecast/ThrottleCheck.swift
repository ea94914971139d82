import Foundation
package import InstanceLimits
package import Reporting

/// Is throttling real, and does it go as forecast? Runs on burstable instances, held against forecasts from runs that were not held
/// back, and against bars.
package struct ThrottleCheck {
    /// By how much a machine without credits may miss its baseline, in processors.
    static let shareBar = 0.01
    /// By how much its throughput may miss the baseline's part of that of the same run with full credits.
    static let throughputBar = 0.02
    /// By how much a balance may end beside the forecast, of the range over which it went.
    static let balanceBar = 0.03
    /// By how much a governor's balance may differ from the model's, of the credits that were spent.
    static let governorBar = 0.02

    private let runs: [ThrottledRun]
    private let bases: [RecordedRun]
    private let isBaseHeldBack: Bool

    /// A check of runs, with forecasts from those of them that were never held back: each from another run than itself, of the
    /// same repetition if there is one.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for runs without credits, or when all were held back.
    package init(_ runs: [RecordedRun], in catalogue: InstanceCatalogue) throws(HarnessError) {
        self.runs = try runs.map { run throws(HarnessError) in try ThrottledRun(run, in: catalogue) }
        bases = self.runs.filter { !$0.wasHeldBack }.map(\.run)
        isBaseHeldBack = false
        guard !bases.isEmpty else {
            throw .usage("all of these runs were held back: add one that was not, such as one with full credits")
        }
    }

    /// A check of runs, with forecasts from another.
    package init(
        _ runs: [RecordedRun], from base: RecordedRun, in catalogue: InstanceCatalogue
    ) throws(HarnessError) {
        self.runs = try runs.map { run throws(HarnessError) in try ThrottledRun(run, in: catalogue) }
        bases = [base]
        do throws(CatalogueError) {
            let type = try base.instance.map { instance throws(CatalogueError) in try catalogue[instance.type] }
            isBaseHeldBack = type.map(base.wasHeldBack) ?? false
        } catch {
            throw .catalogue(error)
        }
    }

    /// The folders of the runs in a sweep's folder; the folder itself where it is a run's.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for a sweep of which a run is not done: what it would have shown is not known.
    package static func runs(in folder: String) throws(HarnessError) -> [String] {
        guard let cells: [CellRow] = try Recorded.rows(in: folder) else { return [folder] }
        if let bad = cells.first(where: { $0.status != .done }) {
            throw .usage(
                "\(folder): the run \(bad.name) is \(bad.status.rawValue): make it again, or name the folders of the other runs"
            )
        }
        return cells.map { "\(folder)/\($0.name)" }
    }

    /// What came of it.
    package var table: ThrottleTable {
        let rows = runs.map(row)
        return ThrottleTable(rows: rows, bars: bars(rows))
    }

    private func row(_ run: ThrottledRun) -> ThrottleTable.Row {
        let base = base(for: run.run)
        let comparison = run.compared(with: base, isBaseHeldBack: isBaseHeldBack)
        // Throughput is held against a run on the same machine that was not held back.
        let isComparable = !isBaseHeldBack && base.instance?.type == run.type.name && base.work == run.run.work
        let rate = (run.run.ackedPerSecond, isComparable ? base.ackedPerSecond : nil)
        return ThrottleTable.Row(
            run: run.run.name, isForecast: base.folder != run.run.folder && base.work == run.run.work,
            instance: run.type.name,
            credits: run.instance.credits,
            timeScale: run.instance.timeScale, baselineProcessors: run.terms.baselineProcessors,
            processors: run.terms.processors,
            isEmptyThroughout: run.start == .empty && run.terms.mode == .standard && run.instance.isHeld,
            loadSeconds: run.record.loadSeconds, share: run.record.shareInLoad,
            cpuPerTaskMicroseconds: run.run.cpuPerTask * 1e6, isAtFullSpeed: !run.wasHeldBack,
            partOfFull: rate.1.flatMap { full in rate.0.map { $0 / full } },
            endBalance: comparison.endBalance, endDifference: comparison.endDifference,
            courseDifference: comparison.courseDifference, range: comparison.range,
            spentAfter: comparison.spentAfter, perSecond: comparison.perSecond,
            governorDifference: run.governorDifference)
    }

    /// The run from which another is forecast: one of the same work where there is one, and itself only where there is no other.
    private func base(for run: RecordedRun) -> RecordedRun {
        let others = bases.filter { $0.folder != run.folder }
        let alike = others.filter { $0.work == run.work }
        return alike.first { $0.key.repetition == run.key.repetition } ?? alike.first ?? others.first ?? bases[0]
    }

    private func bars(_ rows: [ThrottleTable.Row]) -> [ThrottleTable.Bar] {
        let empty = rows.filter(\.isEmptyThroughout)
        return [
            ThrottleTable.Bar(
                claim: "without credits a machine gets its baseline, ± \(Self.shareBar) processors",
                values: empty.map { ($0.share, abs($0.share - $0.baselineProcessors) <= Self.shareBar) }),
            ThrottleTable.Bar(
                claim: "and does the baseline's part of what it does with full credits, ± \(Self.throughputBar)",
                values: empty.compactMap { row in
                    row.partOfFull.map {
                        ($0, abs($0 - row.baselineProcessors / Double(row.processors)) <= Self.throughputBar)
                    }
                }),
            ThrottleTable.Bar(
                claim: "a balance ends where it was forecast, ± \(HumanNumber.percent(Self.balanceBar)) of its range",
                values: rows.filter(\.isForecast).map { ($0.endDifference, $0.endDifference <= Self.balanceBar) }),
            ThrottleTable.Bar(
                claim:
                    "the governor's balance is the model's, ± \(HumanNumber.percent(Self.governorBar)) of what was spent",
                values: rows.map { ($0.governorDifference, $0.governorDifference <= Self.governorBar) }),
        ]
    }
}
