import Measurement

extension StopRule {
    private enum Field: String, CaseIterable {
        case measure, percentile, latency, within, most
    }

    private static let form =
        "{percentile: p99, latency: end_to_end_intended, within: 5%, most: 30}, or measure: acked_per_s in place of the first two"
    private static let throughput = "acked_per_s"
    /// Below 6 values no interval has 95 %.
    private static let leastValues = 6

    /// The rule of a plan, of which nothing else is read; `nil` of one without.
    ///
    /// `name` is the file's name in errors. Throws what reading the plan would throw of its rule.
    ///
    /// - Parameter latencies: the latencies that are measured.
    package init?(plan yaml: String, name: String, latencies: [String]) throws(ScenarioError) {
        let root = try ScenarioField.root(of: yaml, file: name, called: "a sweep plan")
        let fields = try root?.fields(allowed: "a mapping") ?? []
        guard let until = fields.first(where: { $0.name == "until" }) else { return nil }
        try self.init(until, latencies: latencies)
    }

    /// Reads a rule; throws at the first field that is unknown, missing or out of its range.
    ///
    /// - Parameter latencies: the latencies that are measured, the usual one of which is `end_to_end_intended`.
    init(_ mapping: ScenarioField, latencies: [String]) throws(ScenarioError) {
        var fields: [Field: ScenarioField] = [:]
        for field in try mapping.fields(allowed: Self.form) {
            guard let known = Field(rawValue: field.name) else {
                throw field.located(
                    .unknown(what: "field of until", name: field.name, allowed: Field.allCases.map(\.rawValue)))
            }
            fields[known] = field
        }
        guard let within = fields[.within] else {
            throw mapping.located(.missing(what: "within", allowed: Self.form))
        }
        guard let most = fields[.most] else { throw mapping.located(.missing(what: "most", allowed: Self.form)) }
        self.init(
            measure: try Self.measure(mapping, fields, latencies),
            within: try within.parsed(allowed: "a percentage, such as 5%", Self.share(parsing:)),
            most: try most.whole(in: Self.leastValues...SweepPlan.mostTrials))
    }

    private static func measure(
        _ mapping: ScenarioField, _ fields: [Field: ScenarioField], _ latencies: [String]
    ) throws(ScenarioError) -> Measure {
        if let measure = fields[.measure] {
            if let other = fields[.percentile] ?? fields[.latency] {
                throw other.located(.invalid(what: other.name, value: "beside measure", allowed: "one of the two"))
            }
            return try measure.parsed(allowed: throughput) { text throws(WorkloadError) in
                guard text == throughput else {
                    throw .unknown(
                        what: "measure", name: text, allowed: [throughput, "a percentile, by percentile: p99"])
                }
                return .ackedPerSecond
            }
        }
        guard let percentile = fields[.percentile] else {
            throw mapping.located(.missing(what: "the percentile", allowed: form))
        }
        let names = LatencySummary.Percentile.allCases.map(\.rawValue)
        let known = try percentile.parsed(allowed: names.joined(separator: ", ")) { text throws(WorkloadError) in
            guard let known = LatencySummary.Percentile(rawValue: text) else {
                throw .unknown(what: "percentile", name: text, allowed: names)
            }
            return known
        }
        let latency = try fields[.latency]?.parsed(allowed: latencies.joined(separator: ", ")) {
            text throws(WorkloadError) in
            guard latencies.contains(text) else { throw .unknown(what: "latency", name: text, allowed: latencies) }
            return text
        }
        return .latency(latency ?? "end_to_end_intended", known)
    }

    /// Reads a percentage as a share.
    private static func share(parsing text: String) throws(WorkloadError) -> Double {
        let trimmed = text.trimmed
        guard trimmed.hasSuffix("%"), let percent = trimmed.dropLast().trimmed.decimal, percent > 0, percent <= 100
        else {
            throw .invalid(what: "within", value: text, allowed: "a percentage above 0%, up to 100%, such as 5%")
        }
        return percent / 100
    }
}
