/// A row of `credits.csv`: the CPU credits of a run's instance at one moment, and what it may use from then on.
package struct CreditRow: CSVTable, Sendable, Equatable {
    package static let fileName = "credits.csv"
    package static let rowMeaning = "a reading of the instance's account, of which ten are taken each second"

    package var key: RunKey
    /// The instance type.
    package var instance: String
    /// How many seconds of the account are one that goes by.
    package var timeScale: Double
    /// When, from the run's first sending.
    package var atSeconds: Double
    /// Processor time since the reading before.
    package var usedSeconds: Double
    /// What the account holds.
    package var balance: Double
    /// Processors' worth of time from then on.
    package var allowedProcessors: Double
    /// Processor time that the instance would not have had.
    package var excessSeconds: Double
    /// How long the kernel has held its processes back so far; `nil` where nothing does.
    package var throttledSeconds: Double?
    /// What surplus credits cost so far, in US dollars.
    package var surplusUSD: Double

    /// The part of the run up to the reading.
    package var phase: CreditPhase

    /// A row of the given values.
    package init(
        key: RunKey, instance: String, timeScale: Double, atSeconds: Double, usedSeconds: Double, balance: Double,
        allowedProcessors: Double, excessSeconds: Double, throttledSeconds: Double?, surplusUSD: Double,
        phase: CreditPhase
    ) {
        self.key = key
        self.instance = instance
        self.timeScale = timeScale
        self.atSeconds = atSeconds
        self.usedSeconds = usedSeconds
        self.balance = balance
        self.allowedProcessors = allowedProcessors
        self.excessSeconds = excessSeconds
        self.throttledSeconds = throttledSeconds
        self.surplusUSD = surplusUSD
        self.phase = phase
    }

    package static let attributes: [CSVAttribute<CreditRow>] = [
        CSVAttribute("instance", .text, \.instance, "the instance type"),
        CSVAttribute(
            "time_scale", .number, \.timeScale,
            "how many seconds of the account are one that goes by: 60 makes an hour of credits a minute"),
        CSVAttribute("at_s", .seconds, \.atSeconds, "when, from the first sending; before it negative"),
        CSVAttribute(
            "used_s", .seconds, \.usedSeconds, "processor time of what is on the instance since the reading before"),
        CSVAttribute(
            "credit_balance", .credits, \.balance, "CPU credits left; below zero for what is owed"),
        CSVAttribute(
            "allowed_processors", .number, \.allowedProcessors,
            "how many processors' worth of time there is from then on: the quota"),
        CSVAttribute(
            "excess_s", .seconds, \.excessSeconds,
            "of `used_s`, where nothing could be held back: what the instance would not have had"),
        CSVAttribute(
            "throttled_s", .seconds, \.throttledSeconds,
            "how long the kernel has held its processes back so far; empty where nothing could be held back"),
        CSVAttribute("surplus_usd", .number, \.surplusUSD, "what surplus credits cost so far, in US dollars"),
        CSVAttribute(
            "phase", .text, \.phase,
            "`load` from the beginning of the account to the end of the load, which has a reading each; `stop` afterwards"
        ),
    ]
}

/// The part of a run that a reading of its credits belongs to.
package enum CreditPhase: String, CSVValue, Sendable {
    /// Tasks are sent and done.
    case load
    /// What ran is being stopped, and counted.
    case stop
}
