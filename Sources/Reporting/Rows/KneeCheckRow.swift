/// A row of `knee_check.csv`: the knee that `fibq knee` finds of a queue whose knee is known.
package struct KneeCheckRow: CSVTable, Sendable, Equatable {
    package static let fileName = "knee_check.csv"
    package static let rowMeaning =
        "a check of `fibq queueing --knee`: one worker, one slot, tasks that all sleep equally long"

    /// How far found and known may be apart.
    package static let tolerance = 0.05

    package var key: RunKey
    package var objective: String
    package var limitMicroseconds: Double
    package var occupancyBefore: Double
    package var occupancyAfter: Double
    package var knownUtilisation: Double
    package var foundPerSecond: Double

    /// A row of the given values.
    package init(
        key: RunKey, objective: String, limitMicroseconds: Double, occupancyBefore: Double, occupancyAfter: Double,
        knownUtilisation: Double, foundPerSecond: Double
    ) {
        self.key = key
        self.objective = objective
        self.limitMicroseconds = limitMicroseconds
        self.occupancyBefore = occupancyBefore
        self.occupancyAfter = occupancyAfter
        self.knownUtilisation = knownUtilisation
        self.foundPerSecond = foundPerSecond
    }

    /// The rate at which the model meets the objective just so.
    package var knownPerSecond: Double { knownUtilisation / ((occupancyBefore + occupancyAfter) / 2) * 1e6 }

    /// Found ÷ known.
    package var ratio: Double { foundPerSecond / knownPerSecond }

    /// Whether that is within ``tolerance`` of 1.
    package var isWithinTolerance: Bool { (1 - Self.tolerance...1 + Self.tolerance).contains(ratio) }

    package static let attributes: [CSVAttribute<KneeCheckRow>] = [
        CSVAttribute("objective", .text, \.objective, "what was demanded"),
        CSVAttribute("limit_us", .microseconds, \.limitMicroseconds, "its limit"),
        CSVAttribute(
            "occupancy_before_us", .microseconds, \.occupancyBefore,
            "mean time for which a task occupied the slot in a backlog before the search"),
        CSVAttribute("occupancy_after_us", .microseconds, \.occupancyAfter, "the same after it"),
        CSVAttribute(
            "known_utilisation", .share, \.knownUtilisation,
            "utilisation at which the 99th percentile of the time in M/D/1, service included, is the limit; the service time is the mean of both occupancies"
        ),
        CSVAttribute("known_per_s", .perSecond, derived: \.knownPerSecond, "the rate that makes that utilisation"),
        CSVAttribute("found_per_s", .perSecond, \.foundPerSecond, "the rate that the search confirmed"),
        CSVAttribute("ratio", .ratio, derived: \.ratio, "found_per_s ÷ known_per_s"),
        CSVAttribute("is_within_5_percent", .truth, derived: \.isWithinTolerance, "whether that is from 0.95 to 1.05"),
    ]
}
