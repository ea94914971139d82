/// A mix entry while its options are being read one by one, from a line of text or from YAML.
struct MixEntryDraft {
    private let kind: TaskKind
    private var distribution: Distribution?
    private var weight: Double?
    private var expected: Duration?

    /// An entry of that kind without any option.
    init(kind: TaskKind) { self.kind = kind }

    /// Takes an option: the kind's parameter, `weight` or `expect`; throws if it is unknown, repeated or not valid.
    mutating func set(_ option: String, to text: String) throws(WorkloadError) {
        switch option {
        case kind.parameterName:
            try refuseRepetition(of: option, ifSet: distribution != nil)
            distribution = try Distribution(parsing: text, for: kind)
        case "weight":
            try refuseRepetition(of: option, ifSet: weight != nil)
            weight = try Self.weight(parsing: text)
        case "expect":
            try refuseRepetition(of: option, ifSet: expected != nil)
            let duration = try Duration(parsing: text, what: option)
            try MixEntry.check(expected: duration)
            expected = duration
        default:
            throw .unknown(
                what: "option of \(kind.name)", name: option, allowed: [kind.parameterName, "weight", "expect"])
        }
    }

    /// The finished entry; throws if the kind's parameter was not given and none is usual.
    func entry() throws(WorkloadError) -> MixEntry {
        guard let distribution = distribution ?? kind.usualParameter else {
            let name = kind.parameterName
            throw .missing(
                what: "\(name) of \(kind.name)", allowed: "\(kind.name):\(name)=90, \(kind.name):\(name)=1..93")
        }
        return try MixEntry(kind: kind, distribution: distribution, weight: weight ?? 1, expected: expected)
    }

    private func refuseRepetition(of option: String, ifSet isSet: Bool) throws(WorkloadError) {
        if isSet { throw .repeated(what: "option of \(kind.name)", name: option) }
    }

    private static func weight(parsing text: String) throws(WorkloadError) -> Double {
        guard let weight = text.trimmed.decimal else {
            throw .invalid(what: "weight", value: text, allowed: MixEntry.weightForm)
        }
        try MixEntry.check(weight: weight)
        return weight
    }
}
