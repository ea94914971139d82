import InstanceLimits
import Reporting

/// A run on a burstable instance, held against what was forecast of it, and its governor against the model.
///
/// The forecast knows another run, which was not held back: how much of the processors it asks for, and what a task takes. Of this
/// run it knows the type, where the credits began, the time scale, and how long the load took.
struct ThrottledRun {
    let run: RecordedRun
    let type: InstanceType
    let instance: RecordedRun.Instance
    let record: CreditRecord
    let start: CreditAccount.Start
    let terms: CreditTerms

    /// - Throws: ``HarnessError/usage(_:)`` for a run without credits, ``HarnessError/catalogue(_:)`` for an unknown type.
    init(_ run: RecordedRun, in catalogue: InstanceCatalogue) throws(HarnessError) {
        guard let instance = run.instance, let record = run.credits else {
            throw .usage("\(run.folder) was on no burstable instance: name runs with --instance, such as t2.small")
        }
        do throws(CatalogueError) { type = try catalogue[instance.type] } catch { throw .catalogue(error) }
        guard let terms = type.credits, let start = CreditAccount.Start(instance.credits) else {
            throw .usage(
                "\(run.folder): a \(type.name) that begins with \(instance.credits.debugDescription) has no credits")
        }
        (self.run, self.instance, self.record, self.terms, self.start) = (run, instance, record, terms, start)
    }

    /// True when it got less than it asked for at some moment of the load.
    var wasHeldBack: Bool { run.wasHeldBack(on: type) }

    // MARK: The governor against the model

    /// The greatest difference between the balance that the governor kept and that of the model, which is told what the record
    /// says was used; of the credits that were spent.
    var governorDifference: Double {
        let replay = CreditReplay(record.entries, from: CreditAccount(terms, start), timeScale: instance.timeScale)
        return replay.spent > 0 ? replay.greatestDifference / replay.spent : 0
    }

    // MARK: The forecast against what was measured

    /// What is compared.
    struct Comparison {
        /// The balance at the end of the load.
        let endBalance: (forecast: Double, measured: Double)
        /// The greatest difference of the balances at any reading of the load.
        let greatestDifference: Double
        /// What differences are a part of: how far the balance went in the forecast, and no less than what came in meanwhile.
        let range: Double
        /// When the credits were spent but for the last of the glide, in seconds from the beginning of the load; `nil`: never.
        let spentAfter: (forecast: Double?, measured: Double?)
        /// Tasks a second from then on; `nil` when there were less than two seconds of it.
        let perSecond: (forecast: Double?, measured: Double?)

        /// The difference at the end, of the range.
        var endDifference: Double { abs(endBalance.forecast - endBalance.measured) / range }
        /// The greatest difference, of the range.
        var courseDifference: Double { greatestDifference / range }
    }

    /// Compares it with the forecast from another run.
    func compared(with base: RecordedRun, isBaseHeldBack: Bool) -> Comparison {
        let demand = base.demand(isHeldBack: isBaseHeldBack, speed: 1).capped(to: Double(terms.processors))
        var course = ForecastCourse(CreditAccount(terms, start), demand.stretched(by: instance.timeScale))
        var greatest = 0.0
        var (low, high) = (course.account.balance, course.account.balance)
        var spentAfter: Double?
        for reading in record.load {
            let after = reading.at - record.loadBegins
            course.advance(to: after * instance.timeScale)
            let balance = course.account.balance
            (low, high) = (min(low, balance), max(high, balance))
            greatest = max(greatest, abs(balance - reading.balance))
            if spentAfter == nil, balance <= terms.spentBalance { spentAfter = after }
        }
        let income = terms.perHour / 3600 * record.loadSeconds * instance.timeScale
        let measured = (spent: measuredSpentAfter, perSecond: measuredPerSecond)
        let throttled = min(demand.meanProcessors, terms.baselineProcessors) / base.cpuPerTask
        return Comparison(
            endBalance: (course.account.balance, record.load.last?.balance ?? 0), greatestDifference: greatest,
            range: max(high - low, income), spentAfter: (spentAfter, measured.spent),
            perSecond: (spentAfter == nil || terms.mode == .unlimited ? nil : throttled, measured.perSecond))
    }

    private var measuredSpentAfter: Double? {
        record.load.first { $0.balance <= terms.spentBalance }.map { $0.at - record.loadBegins }
    }

    /// Tasks done in each whole second from when the credits were spent to the end of the load. Where none were left from the
    /// beginning the first second is that of the first task's end: before it processes start.
    private var measuredPerSecond: Double? {
        guard let spent = measuredSpentAfter, terms.mode == .standard, let firstAck = run.ackedBySecond.keys.min()
        else { return nil }
        let first = max(Int((record.loadBegins + spent).rounded(.up)), firstAck + 1)
        let end = Int(record.loadEnds.rounded(.down))
        guard end - first >= 2 else { return nil }
        return (first..<end).reduce(0) { $0 + (run.ackedBySecond[$1] ?? 0) } / Double(end - first)
    }
}
