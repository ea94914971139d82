/// One of the values that a sweep gives to a field.
struct SweepValue {
    /// What tables call it: its own label, or else the canonical text of the value.
    let label: String
    /// True when the label is its own.
    let isLabelled: Bool
    /// The canonical text of the value.
    let text: String
    /// Where the value stands in the plan.
    let source: ScenarioField

    private static let form = "a value of the field, or {label: a name for it, value: …}"

    /// Reads a value as the field takes it, or with a label.
    init(
        _ element: ScenarioField, of field: SweepField, _ vocabulary: Scenario.Vocabulary
    ) throws(ScenarioError) {
        guard element.isMapping else {
            text = try field.canonicalText(element, vocabulary)
            (label, isLabelled, source) = (text, false, element)
            return
        }
        var label: String?
        var value: ScenarioField?
        for part in try element.fields(allowed: Self.form) {
            switch part.name {
            case "label": label = try part.text(allowed: "a short name")
            case "value": value = part.named(element.name)
            default:
                throw part.located(.unknown(what: "part of a value", name: part.name, allowed: ["label", "value"]))
            }
        }
        guard let value else { throw element.located(.missing(what: "the value", allowed: Self.form)) }
        text = try field.canonicalText(value, vocabulary)
        self.label = label ?? text
        isLabelled = label != nil
        source = value
    }
}
