/// A row of `forecast.csv`: what a recorded run would come to on an instance type.
package struct ForecastRow: CSVTable, Sendable, Equatable {
    package static let fileName = "forecast.csv"
    package static let rowMeaning =
        "a start of an instance's CPU credits, for one recorded run; times are the instance's own"

    package var key: RunKey
    /// The instance type.
    package var instance: String
    /// Where its credits begin; `nil` for a type without.
    package var credits: String?
    /// How many times as fast its processors are as those of the run.
    package var speed: Double
    /// Processor time of a task there.
    package var cpuPerTaskMicroseconds: Double
    /// Processors' worth of time that is asked for, as far as there are processors.
    package var wantedProcessors: Double
    /// True when no more credits go out than come in.
    package var isForEver: Bool
    /// How long the credits would last if nothing slowed the machine down; `nil`: for ever.
    package var lastsSeconds: Double?
    /// When there is less than is asked for; `nil`: never.
    package var slowsAfterSeconds: Double?
    /// When the credits are spent; `nil`: never.
    package var endsAfterSeconds: Double?
    /// Throughput while there are credits.
    package var withCreditsPerSecond: Double
    /// Throughput for ever after.
    package var afterwardsPerSecond: Double
    /// What a million tasks cost while there are credits.
    package var withCreditsUSDPerMillion: Double?
    /// What they cost ever after, surplus credits included.
    package var afterwardsUSDPerMillion: Double?
    /// What surplus credits then cost an hour.
    package var surplusUSDPerHour: Double

    /// A row of the given values.
    package init(
        key: RunKey, instance: String, credits: String?, speed: Double, cpuPerTaskMicroseconds: Double,
        wantedProcessors: Double, isForEver: Bool, lastsSeconds: Double?, slowsAfterSeconds: Double?,
        endsAfterSeconds: Double?, withCreditsPerSecond: Double, afterwardsPerSecond: Double,
        withCreditsUSDPerMillion: Double?, afterwardsUSDPerMillion: Double?, surplusUSDPerHour: Double
    ) {
        self.key = key
        self.instance = instance
        self.credits = credits
        self.speed = speed
        self.cpuPerTaskMicroseconds = cpuPerTaskMicroseconds
        self.wantedProcessors = wantedProcessors
        self.isForEver = isForEver
        self.lastsSeconds = lastsSeconds
        self.slowsAfterSeconds = slowsAfterSeconds
        self.endsAfterSeconds = endsAfterSeconds
        self.withCreditsPerSecond = withCreditsPerSecond
        self.afterwardsPerSecond = afterwardsPerSecond
        self.withCreditsUSDPerMillion = withCreditsUSDPerMillion
        self.afterwardsUSDPerMillion = afterwardsUSDPerMillion
        self.surplusUSDPerHour = surplusUSDPerHour
    }

    package static let attributes: [CSVAttribute<ForecastRow>] = [
        CSVAttribute("instance", .text, \.instance, "the instance type"),
        CSVAttribute(
            "credits", .text, \.credits,
            "where its CPU credits begin: `launch`, `full`, `empty`, or a number of them; empty for a type without"),
        CSVAttribute(
            "speed", .number, \.speed, "how many times as fast its processors are taken to be as those of the run"),
        CSVAttribute(
            "cpu_per_task_us", .microsecondsPerTask, \.cpuPerTaskMicroseconds,
            "processor time of a task there: that of the run ÷ speed"),
        CSVAttribute(
            "wanted_processors", .number, \.wantedProcessors,
            "processors' worth of time that is asked for, as far as there are processors"),
        CSVAttribute("is_for_ever", .truth, \.isForEver, "whether no more credits go out than come in"),
        CSVAttribute(
            "lasts_s", .seconds, \.lastsSeconds,
            "how long the credits would last if nothing slowed the machine down; empty: for ever"),
        CSVAttribute(
            "slows_after_s", .seconds, \.slowsAfterSeconds,
            "when there is less than is asked for, for the first time; empty: never"),
        CSVAttribute(
            "ends_after_s", .seconds, \.endsAfterSeconds,
            "when the credits are spent: from then on there is the baseline, or surplus credits are paid for; empty: never"
        ),
        CSVAttribute(
            "with_credits_per_s", .perSecond, \.withCreditsPerSecond, "throughput while there are credits"),
        CSVAttribute("afterwards_per_s", .perSecond, \.afterwardsPerSecond, "throughput for ever after"),
        CSVAttribute(
            "with_credits_usd_per_million", .number, \.withCreditsUSDPerMillion,
            "price of an hour ÷ a million of the tasks done in one, while there are credits, in US dollars"),
        CSVAttribute(
            "afterwards_usd_per_million", .number, \.afterwardsUSDPerMillion,
            "the same for ever after, surplus credits included"),
        CSVAttribute(
            "surplus_usd_per_hour", .number, \.surplusUSDPerHour,
            "what surplus credits cost an hour once the others are spent; 0 where nothing is charged"),
    ]
}
