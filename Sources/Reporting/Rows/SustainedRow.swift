/// The highest rate of a sweep that a set-up sustained.
package struct SustainedRate: Sendable, Equatable {
    /// Tasks a second; 0 when not even the lowest of the sweep's rates was sustained.
    package var perSecond: Double
    /// The next of the sweep's rates, which was not; `nil` when all were.
    package var missedPerSecond: Double?
    /// The 99th percentile at it, from the intended start to the end, in microseconds: the greatest of the repetitions.
    package var p99Microseconds: Double?

    /// A rate of these values.
    package init(perSecond: Double, missedPerSecond: Double?, p99Microseconds: Double?) {
        self.perSecond = perSecond
        self.missedPerSecond = missedPerSecond
        self.p99Microseconds = p99Microseconds
    }
}

/// How long CPU credits carry a rate.
package struct CreditSpan: Sendable, Equatable {
    /// Processors' worth of time that the rate takes.
    package var processors: Double
    /// True when no more credits go out than come in.
    package var isForEver: Bool
    /// When full credits are so low that the machine slows down, in seconds; `nil`: never.
    package var fullSeconds: Double?
    /// The same from launch credits.
    package var launchSeconds: Double?

    /// A span of these values.
    package init(processors: Double, isForEver: Bool, fullSeconds: Double?, launchSeconds: Double?) {
        self.processors = processors
        self.isForEver = isForEver
        self.fullSeconds = fullSeconds
        self.launchSeconds = launchSeconds
    }
}

/// A row of `sustained.csv`: what an instance sustains of a set-up, with CPU credits and without, and for how long.
package struct SustainedRow: CSVTable, Sendable, Equatable {
    package static let fileName = "sustained.csv"
    package static let rowMeaning = "what an instance sustains of a set-up: a sweep's cells but for rate and credits"
    package static let hasAxes = true

    /// Of a run at the rate with credits; without such runs, at the rate without.
    package var key: RunKey
    package var parameters: [String]
    /// The instance's type.
    package var instance: String
    /// While there are credits; `nil` without such runs.
    package var withCredits: SustainedRate?
    /// How long there are; `nil` where that is not known.
    package var span: CreditSpan?
    /// Once they are spent; `nil` without such runs.
    package var withoutCredits: SustainedRate?

    /// A row of the given values.
    package init(
        key: RunKey, parameters: [String], instance: String, withCredits: SustainedRate?, span: CreditSpan?,
        withoutCredits: SustainedRate?
    ) {
        self.key = key
        self.parameters = parameters
        self.instance = instance
        self.withCredits = withCredits
        self.span = span
        self.withoutCredits = withoutCredits
    }

    package static let attributes: [CSVAttribute<SustainedRow>] = [
        CSVAttribute("instance", .text, \.instance, "the instance type"),
        CSVAttribute(
            "with_credits_per_s", .perSecond, \.withCredits, \.perSecond,
            "with CPU credits: the highest of the sweep's rates at which no run fell behind, as none did at a lower one; 0: not "
                + "even the lowest; empty: not tried"),
        CSVAttribute(
            "with_credits_missed_per_s", .perSecond, \.withCredits, \.missedPerSecond,
            "the next of its rates, which was not; empty: all were"),
        CSVAttribute(
            "with_credits_p99_us", .microseconds, \.withCredits, \.p99Microseconds,
            "99th percentile of end_to_end_intended at the rate sustained; the greatest of the repetitions"),
        CSVAttribute(
            "processors", .ratio, \.span, \.processors,
            "processors' worth of time that this rate takes; the greatest of the repetitions, as are the next three the worst"
        ),
        CSVAttribute("is_for_ever", .truth, \.span, \.isForEver, "whether no more credits go out than come in at it"),
        CSVAttribute(
            "full_slows_after_s", .seconds, \.span, \.fullSeconds,
            "how long it lasts from full credits: until there is less than it takes, for the first time; empty: for ever, or not known"
        ),
        CSVAttribute("launch_slows_after_s", .seconds, \.span, \.launchSeconds, "the same from launch credits"),
        CSVAttribute(
            "without_credits_per_s", .perSecond, \.withoutCredits, \.perSecond,
            "without CPU credits: the highest rate sustained, likewise"),
        CSVAttribute(
            "without_credits_missed_per_s", .perSecond, \.withoutCredits, \.missedPerSecond, "the next rate, likewise"),
        CSVAttribute(
            "without_credits_p99_us", .microseconds, \.withoutCredits, \.p99Microseconds,
            "its 99th percentile, likewise"),
    ]
}
