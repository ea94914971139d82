/// A field that a sweep varies, or several that move together, and the points that it takes one after the other.
struct SweepAxis {
    /// The fields, at least one.
    let fields: [SweepField]
    /// The points in the plan's order, at least one, each with a value a field. All have labels of their own; only one with a
    /// label of its own has the values of another.
    private(set) var points: [[SweepValue]] = []

    /// The most values of an axis: each is held against all others.
    private static let most = 10_000
    private static let list = "a list of values, such as [1, 2, 4]"
    private static let zipForm = "fields with lists of equal length, such as {workers: [1, 2], slots: [8, 4]}"
    private static let cellForm = "fields with a value each, such as {protocol: lease, claim: 256}"

    /// The axis of one field: its name, and a list of values as the field takes them.
    init(_ field: ScenarioField, _ vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        let known = try SweepField(field)
        fields = [known]
        for element in try Self.elements(of: field) {
            try add([try SweepValue(element, of: known, vocabulary)], at: element)
        }
    }

    /// The axis of fields with lists of equal length, whose first values are the first point, and so on.
    init(zip mapping: ScenarioField, _ vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        let columns = try mapping.fields(allowed: Self.zipForm)
        guard let first = columns.first else { throw mapping.wrongType("empty", allowed: Self.zipForm) }
        let count = try Self.elements(of: first).count
        var fields: [SweepField] = []
        var rows = [[(field: SweepField, element: ScenarioField)]](repeating: [], count: count)
        for column in columns {
            let field = try SweepField(column)
            let elements = try Self.elements(of: column)
            guard elements.count == count else {
                throw column.wrongType(
                    "a list of \(elements.count), where \(first.name) has \(count)", allowed: Self.zipForm)
            }
            fields.append(field)
            for (index, element) in elements.enumerated() { rows[index].append((field, element)) }
        }
        self.fields = fields
        for row in rows { try add(row, vocabulary) }
    }

    /// The axis of listed combinations, all of the same fields.
    init(cells list: ScenarioField, _ vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        let allowed = "a list of combinations: " + Self.cellForm
        guard let elements = list.elements else { throw list.wrongType(allowed: allowed) }
        guard let first = elements.first else { throw list.wrongType("an empty list", allowed: allowed) }
        var fields: [SweepField] = []
        for field in try first.fields(allowed: Self.cellForm) { fields.append(try SweepField(field)) }
        guard !fields.isEmpty else { throw first.wrongType("empty", allowed: Self.cellForm) }
        self.fields = fields
        for element in elements {
            let given = try element.fields(allowed: Self.cellForm)
            for field in given where !fields.contains(try SweepField(field)) {
                throw field.located(.unknown(what: "axis of the cells", name: field.name, allowed: fields.map(\.name)))
            }
            var row: [(field: SweepField, element: ScenarioField)] = []
            for field in fields {
                guard let value = given.first(where: { $0.name == field.name }) else {
                    throw element.located(
                        .missing(what: "\(field.name) of a cell", allowed: "the fields of the first one"))
                }
                row.append((field, value))
            }
            try add(row, vocabulary)
        }
    }

    /// The names of the fields, as a scenario file spells them.
    var names: [String] { fields.map(\.name) }

    /// How the axes' labels of a point are written in a message.
    func description(of point: [SweepValue]) -> String {
        zip(names, point).map { "\($0) \($1.label)" }.joined(separator: ", ")
    }

    private mutating func add(
        _ row: [(field: SweepField, element: ScenarioField)], _ vocabulary: Scenario.Vocabulary
    ) throws(ScenarioError) {
        var point: [SweepValue] = []
        for (field, element) in row { point.append(try SweepValue(element, of: field, vocabulary)) }
        if let (_, element) = row.first { try add(point, at: element) }
    }

    /// Adds a point, unless tables could not tell it from another one, or it is another one.
    private mutating func add(_ point: [SweepValue], at element: ScenarioField) throws(ScenarioError) {
        for other in points {
            let hasLabels = zip(other, point).allSatisfy { $0.label == $1.label }
            let isCopy =
                zip(other, point).allSatisfy { $0.text == $1.text }
                && !(other + point).contains(where: \.isLabelled)
            guard hasLabels || isCopy else { continue }
            let name = fields.count > 1 ? description(of: point) : hasLabels ? point[0].label : point[0].text
            let what = fields.count > 1 ? "the combination" : "the value of \(names[0])"
            throw element.located(.repeated(what: what, name: name))
        }
        for (index, value) in point.enumerated() {
            guard points.contains(where: { $0[index].label == value.label && $0[index].text != value.text }) else {
                continue
            }
            throw element.located(.repeated(what: "the label of \(names[index])", name: value.label))
        }
        points.append(point)
    }

    private static func elements(of field: ScenarioField) throws(ScenarioError) -> [ScenarioField] {
        guard let elements = field.elements else { throw field.wrongType(allowed: list) }
        guard !elements.isEmpty else { throw field.wrongType("an empty list", allowed: list) }
        guard elements.count <= most else {
            throw field.wrongType("a list of \(elements.count) values", allowed: "at most \(most) of them")
        }
        return elements
    }
}
