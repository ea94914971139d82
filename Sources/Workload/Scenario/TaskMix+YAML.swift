extension TaskMix {
    private static let yamlForm =
        "a list of task kinds, such as {kind: fib-gmp, n: 1..93, weight: 2}, or one line of text"

    /// Reads a mix that is a list of mappings, or the one line of text that the command line takes.
    init(_ field: ScenarioField) throws(ScenarioError) {
        guard let elements = field.elements else {
            self = try field.parsed(allowed: Self.yamlForm, TaskMix.init(parsing:))
            return
        }
        var entries: [MixEntry] = []
        for element in elements {
            entries.append(try Self.entry(element))
        }
        do { try self.init(entries: entries) } catch { throw field.located(error) }
    }

    private static func entry(_ element: ScenarioField) throws(ScenarioError) -> MixEntry {
        let fields = try element.fields(allowed: yamlForm)
        let kinds = TaskKind.allCases.map(\.name).joined(separator: ", ")
        guard let first = fields.first(where: { $0.name == "kind" }) else {
            throw element.located(.missing(what: "kind", allowed: kinds))
        }
        var draft = MixEntryDraft(kind: try first.parsed(allowed: kinds, TaskKind.init(named:)))
        for field in fields where field.name != "kind" {
            let text = try field.distributionText()
            do { try draft.set(field.name, to: text) } catch { throw field.located(error) }
        }
        do { return try draft.entry() } catch { throw element.located(error) }
    }
}

extension ScenarioField {
    private static let form =
        "90, 1..93, or {uniform: [1, 93]}, {zipf: [1, 93, 1.1]}, {exponential: 5}, {lognormal: [5, 0.5]}"

    /// A value as the command line writes it: `{zipf: [1, 93, 1.1]}` becomes `zipf(1,93,1.1)`.
    func distributionText() throws(ScenarioError) -> String {
        guard isMapping else { return try text(allowed: Self.form) }
        let shapes = try fields(allowed: Self.form)
        guard let shape = shapes.first, shapes.count == 1 else {
            throw located(
                .invalid(what: name, value: "{\(shapes.map(\.name).joined(separator: ", "))}", allowed: Self.form))
        }
        var numbers: [String] = []
        for element in shape.elements ?? [shape] {
            numbers.append(try element.text(allowed: Self.form))
        }
        return "\(shape.name)(\(numbers.joined(separator: ",")))"
    }
}
