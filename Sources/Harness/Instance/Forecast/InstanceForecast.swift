package import InstanceLimits
package import Reporting

/// What a recorded run would come to on an instance type: a row of `forecast.csv` for each start of its credits.
package struct InstanceForecast {
    private let run: RecordedRun
    private let type: InstanceType
    private let starts: [CreditAccount.Start]
    private let demand: ProcessorDemand
    private let cpuPerTask: Double
    private let speed: Double
    /// True when the run got less of its own instance than it asked for at some moment of the load.
    let wasHeldBack: Bool

    /// A forecast.
    ///
    /// - Parameters:
    ///   - run: the run.
    ///   - catalogue: the types that are known.
    ///   - type: the one to forecast for.
    ///   - starts: where its credits begin.
    ///   - rate: tasks a second that arrive; `nil` for what the run had.
    ///   - speed: how many times as fast its processors are as those of the run.
    /// - Throws: ``HarnessError/catalogue(_:)`` for an unknown type, ``HarnessError/usage(_:)`` for a rate or a speed that can't be.
    package init(
        _ run: RecordedRun, in catalogue: InstanceCatalogue, type: String, starts: [CreditAccount.Start], rate: Double?,
        speed: Double
    ) throws(HarnessError) {
        guard speed.isFinite, speed > 0 else { throw .usage("--speed cannot be \(speed): it is a factor above 0") }
        if let rate, !(rate.isFinite && rate > 0) {
            throw .usage("--rate cannot be \(rate): it is a number of tasks a second, above 0")
        }
        do throws(CatalogueError) {
            self.type = try catalogue[type]
            let own = try run.instance.map { instance throws(CatalogueError) in try catalogue[instance.type] }
            wasHeldBack = own.map(run.wasHeldBack) ?? false
        } catch {
            throw .catalogue(error)
        }
        self.run = run
        self.starts = starts
        self.speed = speed
        cpuPerTask = run.cpuPerTask / speed
        demand =
            rate.map { ProcessorDemand(steady: $0 * run.cpuPerTask / speed, leftover: .waits) }
            ?? run.demand(isHeldBack: wasHeldBack, speed: speed)
    }

    /// A row for each start; a single one for a type without credits.
    package var rows: [ForecastRow] {
        guard let terms = type.credits else { return [row(nil, CreditForecast(fixed: type.processors, demand))] }
        return starts.map { row($0, CreditForecast(CreditAccount(terms, $0), demand)) }
    }

    /// How long credits carry the run's rate from full and from launch credits, where those are the starts; for ever on a type
    /// without.
    var span: CreditSpan? {
        let rows = rows
        guard let first = rows.first else { return nil }
        func slows(_ start: CreditAccount.Start) -> Double? {
            rows.first { $0.credits == start.description }?.slowsAfterSeconds
        }
        return CreditSpan(
            processors: first.wantedProcessors, isForEver: first.isForEver, fullSeconds: slows(.full),
            launchSeconds: slows(.launch))
    }

    private func row(_ start: CreditAccount.Start?, _ forecast: CreditForecast) -> ForecastRow {
        let (with, after) = (
            forecast.processorsWithCredits / cpuPerTask, forecast.processorsAfterwards / cpuPerTask
        )
        func price(_ perSecond: Double, surplus: Double = 0) -> Double? {
            perSecond > 0 ? (type.usdPerHour + surplus) / (perSecond * 3600) * 1e6 : nil
        }
        return ForecastRow(
            key: run.key, instance: type.name, credits: start.map(\.description), speed: speed,
            cpuPerTaskMicroseconds: cpuPerTask * 1e6, wantedProcessors: forecast.processorsWithCredits,
            isForEver: forecast.isForEver, lastsSeconds: forecast.lastsFor, slowsAfterSeconds: forecast.slowsAfter,
            endsAfterSeconds: forecast.endsAfter, withCreditsPerSecond: with, afterwardsPerSecond: after,
            withCreditsUSDPerMillion: price(with),
            afterwardsUSDPerMillion: price(after, surplus: forecast.surplusUSDPerHour),
            surplusUSDPerHour: forecast.surplusUSDPerHour)
    }
}
