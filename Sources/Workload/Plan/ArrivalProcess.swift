/// When tasks are meant to be sent.
package enum ArrivalProcess: Hashable, Sendable, CustomStringConvertible {
    /// All at once, before the run: measures what the workers can take.
    case backlog
    /// At equal intervals, the first at once.
    case constant(perSecond: Double)
    /// At random and independently of each other, at that mean rate.
    case poisson(perSecond: Double)

    /// The greatest rate: one task a nanosecond.
    private static let greatestRate = 1e9

    /// The forms that a written arrival process may have, for error messages.
    static let forms = ["backlog", "constant:PER_SECOND", "poisson:PER_SECOND"]

    /// Reads `backlog`, `constant:500` or `poisson:2000`.
    package init(parsing text: String) throws(WorkloadError) {
        let parts = text.trimmed.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let rate = parts.count > 1 ? parts[1].trimmed.decimal : nil
        switch (parts.first, rate) {
        case ("backlog", _) where parts.count == 1: self = .backlog
        case ("constant", let rate?): self = .constant(perSecond: rate)
        case ("poisson", let rate?): self = .poisson(perSecond: rate)
        default:
            throw .invalid(what: "arrival", value: text, allowed: Self.forms.joined(separator: ", "))
        }
        try check()
    }

    /// The canonical text, which reads back as this process.
    package var description: String {
        switch self {
        case .backlog: "backlog"
        case .constant(let rate): "constant:\(rate.shortText)"
        case .poisson(let rate): "poisson:\(rate.shortText)"
        }
    }

    /// Throws unless the rate is above 0 and at most 10⁹ a second.
    func check() throws(WorkloadError) {
        switch self {
        case .backlog: break
        case .constant(let rate), .poisson(let rate):
            guard rate > 0, rate <= Self.greatestRate else {
                let allowed = "a rate above 0, up to \(Self.greatestRate.shortText) a second"
                throw .invalid(what: "arrival", value: description, allowed: allowed)
            }
        }
    }
}
