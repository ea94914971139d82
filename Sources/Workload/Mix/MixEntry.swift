/// One kind of task in a mix, with how its parameter varies and how often it comes.
package struct MixEntry: Hashable, Sendable, CustomStringConvertible {
    /// What the tasks do.
    package let kind: TaskKind
    /// How their parameter varies.
    package let distribution: Distribution
    /// How often they come, in proportion to the weights of the other entries.
    package let weight: Double
    /// How long such a task says it will take, if it says.
    package let expected: Duration?

    /// The greatest weight: sums of weights stay finite.
    private static let greatestWeight = 1e9

    /// An entry from its parts; throws unless the distribution suits the kind, the weight is above 0 and at most 10⁹,
    /// and the expectation is from 1 µs to 1 h.
    package init(
        kind: TaskKind, distribution: Distribution, weight: Double = 1, expected: Duration? = nil
    ) throws(WorkloadError) {
        try distribution.check(for: kind)
        try Self.check(weight: weight)
        if let expected { try Self.check(expected: expected) }
        self.kind = kind
        self.distribution = distribution
        self.weight = weight
        self.expected = expected
    }

    /// The canonical text, which reads back as this entry; a weight of 1 is left out.
    package var description: String {
        var text = "\(kind.name):\(kind.parameterName)=\(distribution)"
        if weight != 1 { text += ":weight=\(weight.shortText)" }
        if let expected { text += ":expect=\(expected.textWithUnit)" }
        return text
    }

    /// The expectation to the nearest microsecond; 0 when there is none.
    var expectedMicroseconds: UInt32 {
        UInt32(((expected?.nanosecondsRoundedDown ?? 0) + 500) / 1000)
    }

    /// Throws unless `weight` is one that an entry may have.
    static func check(weight: Double) throws(WorkloadError) {
        guard weight > 0, weight <= greatestWeight else {
            throw .invalid(what: "weight", value: weight.shortText, allowed: weightForm)
        }
    }

    /// Throws unless `expected` is one that an entry may have.
    static func check(expected: Duration) throws(WorkloadError) {
        guard expected >= .microseconds(1), expected <= .seconds(3600) else {
            throw .invalid(what: "expect", value: expected.textWithUnit, allowed: "a duration from 1us to 1h")
        }
    }

    /// What a weight may be, for error messages.
    static let weightForm = "a number above 0, up to \(greatestWeight.shortText)"
}
