/// How the receiver of a run's messages behaves: how long it takes, how often it fails, where it keeps them.
package struct SinkConditions: Hashable, Sendable {
    /// How long a worker waits for an answer.
    package static let deadline = Duration.seconds(10)

    /// How long it takes before it places a message.
    package var delay = SinkDelay.none
    /// Calls that take much longer; nil for none.
    package var slow: SlowCalls?
    /// Calls that it fails; nil for none.
    package var failing: FailingCalls?
    /// The fraction of calls whose connection it drops.
    package var dropFraction = 0.0
    /// Where it keeps what it placed.
    package var storage = SinkStorage.file

    /// A sink that answers at once, never fails, and keeps messages in a file.
    package init() {}

    /// What a fraction may be, for error messages.
    static let fractionForm = "a fraction from 0 to 1, such as 0.02"

    /// Reads a fraction from 0 to 1.
    package static func fraction(parsing text: String, what: String) throws(WorkloadError) -> Double {
        guard let fraction = text.trimmed.decimal, (0...1).contains(fraction) else {
            throw .invalid(what: what, value: text, allowed: fractionForm)
        }
        return fraction
    }

    /// The text of a fraction that reads back as it.
    package static func text(ofFraction fraction: Double) -> String { fraction.shortText }
}

/// Where a sink keeps what it placed.
package enum SinkStorage: String, CaseIterable, Sendable {
    /// In an append-only file, synced before the reply; calls that wait at the same time share a sync.
    case file
    /// In memory, and in the file when it stops.
    case memory

    /// The storage of that name.
    package init(named name: String) throws(WorkloadError) {
        guard let storage = Self(rawValue: name) else {
            throw .unknown(what: "sink-storage", name: name, allowed: Self.allCases.map(\.rawValue))
        }
        self = storage
    }
}

/// A part of the calls that take much longer than the others.
package struct SlowCalls: Hashable, Sendable, CustomStringConvertible {
    /// What it looks like, for error messages.
    static let form = "a fraction and milliseconds, such as 0.01:2000"

    /// Which part of the calls, from 0 to 1.
    package let fraction: Double
    /// How long they take.
    package let delay: SinkDelay

    /// Reads `FRACTION:MILLISECONDS`.
    package init(parsing text: String) throws(WorkloadError) {
        guard let colon = text.firstIndex(of: ":") else {
            throw .invalid(what: "sink-slow", value: text, allowed: Self.form)
        }
        fraction = try SinkConditions.fraction(parsing: String(text[..<colon]), what: "the fraction of sink-slow")
        delay = try SinkDelay(parsing: String(text[text.index(after: colon)...]), what: "the delay of sink-slow")
    }

    /// The text that reads back as this.
    package var description: String { "\(fraction.shortText):\(delay)" }
}

/// A part of the calls that the sink answers with an error.
package struct FailingCalls: Hashable, Sendable, CustomStringConvertible {
    /// The statuses that a sink can be told to answer with, by their names in the gRPC specification.
    package static let statuses = [
        "UNAVAILABLE", "INTERNAL", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED", "ABORTED", "UNKNOWN", "INVALID_ARGUMENT",
        "PERMISSION_DENIED",
    ]

    /// What it looks like, for error messages.
    static let form = "a fraction and a status, such as 0.02:UNAVAILABLE"

    /// Which part of the calls, from 0 to 1.
    package let fraction: Double
    /// What they are answered with.
    package let status: String

    /// Reads `FRACTION` or `FRACTION:STATUS`; the status is UNAVAILABLE unless it is said.
    package init(parsing text: String) throws(WorkloadError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        fraction = try SinkConditions.fraction(parsing: String(parts[0]), what: "the fraction of sink-fail")
        let name = parts.count > 1 ? String(parts[1].trimmed) : "UNAVAILABLE"
        guard Self.statuses.contains(name) else {
            throw .unknown(what: "status of sink-fail", name: name, allowed: Self.statuses)
        }
        status = name
    }

    /// The text that reads back as this.
    package var description: String { "\(fraction.shortText):\(status)" }
}
