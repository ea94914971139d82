/// A field of the scenario that a sweep varies, and the values that it takes one after the other.
struct SweepAxis {
    /// One of the values.
    struct Value {
        /// What tables call it: its own label, or else the canonical text of the value.
        let label: String
        /// The canonical text: the same for `500ms` and `0.5s`.
        let text: String
        /// Where it stands in the plan.
        let field: ScenarioField
    }

    private static let valueForm = "a value of the field, or {label: a name for it, value: …}"
    /// What belongs to a plan as a whole.
    private static let unswept: Set<Scenario.Key> = [.name, .description, .seed]

    /// The field.
    let key: Scenario.Key
    /// Its values in the plan's order, at least one, all different.
    let values: [Value]

    /// The fields that an axis may be of.
    static let allowedNames = Scenario.Key.allCases.filter { !unswept.contains($0) }.map(\.rawValue)

    /// Reads an axis: a field's name, and a list of values as the field takes them.
    init(_ field: ScenarioField, vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        guard let key = Scenario.Key(rawValue: field.name), !Self.unswept.contains(key) else {
            throw field.located(.unknown(what: "axis", name: field.name, allowed: Self.allowedNames))
        }
        let list = "a list of values, such as [1, 2, 4]"
        guard let elements = field.elements else { throw field.wrongType(allowed: list) }
        guard !elements.isEmpty else { throw field.wrongType("an empty list", allowed: list) }
        self.key = key
        var values: [Value] = []
        for element in elements {
            let value = try Self.value(element, of: key, vocabulary)
            if let twin = values.first(where: { $0.label == value.label || $0.text == value.text }) {
                let name = twin.label == value.label ? value.label : value.text
                throw element.located(.repeated(what: "the value of \(key.rawValue)", name: name))
            }
            values.append(value)
        }
        self.values = values
    }

    private static func value(
        _ element: ScenarioField, of key: Scenario.Key, _ vocabulary: Scenario.Vocabulary
    ) throws(ScenarioError) -> Value {
        guard element.isMapping else {
            let text = try canonicalText(element, of: key, vocabulary)
            return Value(label: text, text: text, field: element)
        }
        var label: String?
        var value: ScenarioField?
        for part in try element.fields(allowed: valueForm) {
            switch part.name {
            case "label": label = try part.text(allowed: "a short name")
            case "value": value = part.named(element.name)
            default:
                throw part.located(.unknown(what: "part of a value", name: part.name, allowed: ["label", "value"]))
            }
        }
        guard let value else { throw element.located(.missing(what: "the value", allowed: valueForm)) }
        let text = try canonicalText(value, of: key, vocabulary)
        return Value(label: label ?? text, text: text, field: value)
    }

    /// The value's canonical text; throws what the field has against it.
    private static func canonicalText(
        _ value: ScenarioField, of key: Scenario.Key, _ vocabulary: Scenario.Vocabulary
    ) throws(ScenarioError) -> String {
        var file = ScenarioFile(name: value.file, vocabulary: vocabulary)
        try file.set(key, from: value)
        return file.scenario.text(of: key) ?? ""
    }
}
