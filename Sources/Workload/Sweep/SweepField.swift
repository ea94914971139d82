/// What a sweep can vary: a field of the scenario, or a part of one.
enum SweepField: Hashable {
    /// A field.
    case field(Scenario.Key)
    /// The rate of the arrival, of those that have one.
    case rate
    /// The n of every entry of the mix that computes a Fibonacci number.
    case n

    /// What belongs to a plan as a whole.
    private static let unswept: Set<Scenario.Key> = [.name, .description, .seed]

    /// The names of all.
    static let allowedNames =
        Scenario.Key.allCases.filter { !unswept.contains($0) }.map(\.rawValue) + [rate.name, n.name]

    /// What a plan's field varies; throws unless that can be varied.
    init(_ field: ScenarioField) throws(ScenarioError) {
        switch field.name {
        case Self.rate.name: self = .rate
        case Self.n.name: self = .n
        default:
            guard let key = Scenario.Key(rawValue: field.name), !Self.unswept.contains(key) else {
                throw field.located(.unknown(what: "axis", name: field.name, allowed: Self.allowedNames))
            }
            self = .field(key)
        }
    }

    /// Its name in a plan.
    var name: String {
        switch self {
        case .field(let key): key.rawValue
        case .rate: "rate"
        case .n: "n"
        }
    }

    /// True for a part of a field, which is put into it when all fields are set.
    var isPart: Bool { self == .rate || self == .n }

    /// The value's canonical text: the same for `500ms` and `0.5s`. Throws what the field has against the value.
    func canonicalText(_ value: ScenarioField, _ vocabulary: Scenario.Vocabulary) throws(ScenarioError) -> String {
        switch self {
        case .field(let key):
            var file = ScenarioFile(name: value.file, vocabulary: vocabulary)
            try file.set(key, from: value)
            return file.scenario.text(of: key) ?? ""
        case .rate: return try Self.rate(value).shortText
        case .n: return try Self.n(value).description
        }
    }

    /// Puts the value into a scenario. Throws when the scenario has no such part.
    func set(_ value: ScenarioField, in file: inout ScenarioFile) throws(ScenarioError) {
        switch self {
        case .field(let key): try file.set(key, from: value)
        case .rate:
            let rate = try Self.rate(value)
            try file.change(.arrival, at: value.line) { scenario throws(ScenarioError) in
                guard let arrival = scenario.arrival.atRate(rate) else {
                    throw value.located(
                        .invalid(
                            what: "the arrival whose rate is varied", value: "\(scenario.arrival)",
                            allowed: "constant, poisson or burst"))
                }
                scenario.arrival = arrival
            }
        case .n:
            let n = try Self.n(value)
            try file.change(.mix, at: value.line) { scenario throws(ScenarioError) in
                let mix: TaskMix?
                do throws(WorkloadError) { mix = try scenario.mix.replacingN(n) } catch { throw value.located(error) }
                guard let mix else {
                    throw value.located(
                        .invalid(
                            what: "the mix whose n is varied", value: "\(scenario.mix)",
                            allowed: "one with a Fibonacci kind"))
                }
                scenario.mix = mix
            }
        }
    }

    private static func rate(_ value: ScenarioField) throws(ScenarioError) -> Double {
        try value.parsed(allowed: "tasks a second, such as 500", ArrivalProcess.rate(parsing:))
    }

    private static func n(_ value: ScenarioField) throws(ScenarioError) -> Distribution {
        let text = try value.distributionText()
        do { return try Distribution(parsing: text, for: .fibIterative) } catch { throw value.located(error) }
    }
}
