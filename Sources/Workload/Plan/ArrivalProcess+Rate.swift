extension ArrivalProcess {
    /// Reads a rate in tasks a second, as one value of a sweep's axis `rate`.
    static func rate(parsing text: String) throws(WorkloadError) -> Double {
        guard let rate = text.trimmed.decimal, rate > 0, rate <= greatestRate else {
            throw .invalid(
                what: "rate", value: text, allowed: "tasks a second above 0, up to \(greatestRate.shortText)")
        }
        return rate
    }

    /// The same process at another rate; `nil` for those that have not just one.
    func atRate(_ perSecond: Double) -> ArrivalProcess? {
        switch self {
        case .constant: .constant(perSecond: perSecond)
        case .poisson: .poisson(perSecond: perSecond)
        case .burst(_, let on, let off): .burst(perSecond: perSecond, on: on, off: off)
        case .backlog, .ramp, .steps, .trace, .closed: nil
        }
    }
}
