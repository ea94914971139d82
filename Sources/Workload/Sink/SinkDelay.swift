/// How long a sink takes, in milliseconds: a distribution like that of a task's parameter.
package struct SinkDelay: Hashable, Sendable, CustomStringConvertible {
    /// No time at all.
    package static let none = SinkDelay(distribution: .fixed(0))

    /// No delay is longer; samples above it are cut.
    package static let longest = Duration.seconds(3_600)

    private static let ln2 = 0.693_147_180_559_945_3

    private let distribution: Distribution

    /// The forms that a written delay may have, for error messages.
    static let forms = "milliseconds, such as 50, 10..90, exponential(50), lognormal(44,0.5)"

    /// Reads `50`, `10..90`, `exponential(50)` or `lognormal(44,0.5)`, milliseconds; `what` is its name in errors.
    package init(parsing text: String, what: String) throws(WorkloadError) {
        do throws(WorkloadError) {
            distribution = try Distribution(parsing: text, for: .sleep)
        } catch {
            throw .invalid(what: what, value: text, allowed: Self.forms)
        }
    }

    private init(distribution: Distribution) { self.distribution = distribution }

    /// Half of the delays are at least as long as this.
    var median: Duration {
        let milliseconds =
            switch distribution {
            case .fixed(let value): value
            case .uniform(let range): (range.lowerBound + range.upperBound) / 2
            case .zipf(let range, _): Double(range.lowerBound)
            case .exponential(let mean): mean * Self.ln2
            case .lognormal(let median, _): median
            }
        return .milliseconds(milliseconds)
    }

    /// The text that reads back as this.
    package var description: String { distribution.description }

    /// What draws such delays.
    package var sampler: DelaySampler { DelaySampler(ParameterSampler(distribution, for: .sleep)) }
}

/// Draws delays; constant time and no allocation each.
package struct DelaySampler: Sendable {
    private let microseconds: ParameterSampler

    fileprivate init(_ microseconds: ParameterSampler) { self.microseconds = microseconds }

    /// A delay, to the microsecond.
    package func sample(using random: inout RandomSource) -> Duration {
        min(.microseconds(microseconds.sample(using: &random)), SinkDelay.longest)
    }
}
