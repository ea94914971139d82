extension Duration {
    /// The longest duration that can be written, in seconds: 2,500 hours, short enough to be exact in nanoseconds as
    /// a `Double`.
    private static let longestSeconds = 9_000_000.0

    /// The units of a written duration in nanoseconds, the longest first.
    private static let units: KeyValuePairs<String, Int64> = [
        "h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000, "us": 1000, "ns": 1,
    ]

    /// Reads a number followed by its unit, such as `500ms`, `1.5s` or `2m`, to the nearest nanosecond.
    ///
    /// Units are `h`, `m`, `s`, `ms`, `us` and `ns`. Refuses a missing unit, a negative number and anything longer
    /// than 2,500 hours; the error speaks of `what`.
    package init(parsing text: String, what: String = "a duration") throws(WorkloadError) {
        let trimmed = text.trimmed
        let unit = trimmed.drop { !$0.isLetter }
        let number = trimmed.prefix { !$0.isLetter }
        guard let value = number.decimal, value >= 0, let length = Self.units.first(where: { $0.key == unit })?.value,
            value * Double(length) <= Self.longestSeconds * 1e9
        else {
            throw .invalid(
                what: what, value: text, allowed: "a number and its unit, such as 100us, 500ms, 1.5s, 2m or 1h")
        }
        self = .nanoseconds(Int64((value * Double(length)).rounded()))
    }

    /// The duration as a whole number of the longest unit that expresses it exactly, such as `1500ms`; the parser reads
    /// it back unchanged. Anything below a nanosecond is dropped.
    package var textWithUnit: String {
        let total = Int64(clamping: nanosecondsRoundedDown)
        guard total != 0 else { return "0s" }
        let (unit, length) = Self.units.first { total % $0.value == 0 } ?? ("ns", 1)
        return "\(total / length)\(unit)"
    }

    /// Whole nanoseconds; 0 for a negative duration.
    var nanosecondsRoundedDown: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ UInt64(attoseconds / 1_000_000_000)
    }
}
