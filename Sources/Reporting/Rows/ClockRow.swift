/// A row of `clocks.csv`: one process of a run on several hosts, how its clock was brought in line, and whether it is in the
/// tables.
package struct ClockRow: CSVTable, Sendable, Equatable {
    package static let fileName = "clocks.csv"
    package static let rowMeaning =
        "a process that joined the run, or the one that gathered it; runs on one host have no such file"

    package var key: RunKey
    /// The name of its host.
    package var host: String
    /// What it is for.
    package var role: String
    /// Its name in the run.
    package var name: String
    /// Whether it reads the very clock that the run's times are in.
    package var isShared: Bool
    /// What was added to its times; `nil` where its clock was never measured.
    package var offsetMicroseconds: Double?
    /// How far its times may be off then.
    package var errorMicroseconds: Double?
    /// By how many parts in a million its clock runs slower than the run's.
    package var driftPartsPerMillion: Double?
    /// Readings of Redis' clock.
    package var samples: Int
    /// The shortest round trip of one.
    package var roundTripMicroseconds: Double?
    /// From the first of them to the last.
    package var spanSeconds: Double
    /// Whether what it wrote down is in the run's tables.
    package var isCollected: Bool

    /// A row of the given values.
    package init(
        key: RunKey, host: String, role: String, name: String, isShared: Bool, offsetMicroseconds: Double?,
        errorMicroseconds: Double?, driftPartsPerMillion: Double?, samples: Int, roundTripMicroseconds: Double?,
        spanSeconds: Double, isCollected: Bool
    ) {
        self.key = key
        self.host = host
        self.role = role
        self.name = name
        self.isShared = isShared
        self.offsetMicroseconds = offsetMicroseconds
        self.errorMicroseconds = errorMicroseconds
        self.driftPartsPerMillion = driftPartsPerMillion
        self.samples = samples
        self.roundTripMicroseconds = roundTripMicroseconds
        self.spanSeconds = spanSeconds
        self.isCollected = isCollected
    }

    package static let attributes: [CSVAttribute<ClockRow>] = [
        CSVAttribute("host", .text, \.host, "the name of its host"),
        CSVAttribute(
            "role", .text, \.role,
            "`worker`, `monitor`, `load`, `sink` or `conductor`, which gathers the run and whose clock all its times are in"
        ),
        CSVAttribute("process", .text, \.name, "its name in the run"),
        CSVAttribute(
            "is_shared", .truth, \.isShared,
            "whether its clock is the conductor's own, so that nothing was added to its times"),
        CSVAttribute(
            "offset_us", .microseconds, \.offsetMicroseconds,
            "what was added to its times; empty where its clock was never measured"),
        CSVAttribute(
            "error_us", .microseconds, \.errorMicroseconds,
            "how far its times may be off then: half of the shortest round trips, its own and the conductor's, and by how much "
                + "readings contradicted each other; a latency from one process to another may be off by the sum of both"
        ),
        CSVAttribute(
            "drift_ppm", .number, \.driftPartsPerMillion,
            "by how many parts in a million the conductor's clock is faster; as uncertain as three times error_us over span_s"
        ),
        CSVAttribute("samples", .count, \.samples, "readings of Redis' clock"),
        CSVAttribute(
            "round_trip_us", .microseconds, \.roundTripMicroseconds, "the shortest round trip of such a reading"),
        CSVAttribute("span_s", .seconds, \.spanSeconds, "from the first reading to the last"),
        CSVAttribute(
            "is_collected", .truth, \.isCollected,
            "whether what it wrote down is in the run's tables; where not, nothing is said of lost tasks"),
    ]
}

extension ClockRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, host: "", role: "", name: "", isShared: false, offsetMicroseconds: nil, errorMicroseconds: nil,
            driftPartsPerMillion: nil, samples: 0, roundTripMicroseconds: nil, spanSeconds: 0, isCollected: false)
    }
}
