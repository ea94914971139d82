/// Cells that a plan leaves out: those with certain values of certain fields.
struct SweepExclusion {
    /// What is left out, in the plan's words.
    let text: String
    /// Of each axis, in order, the points that it speaks of.
    private let points: [Set<Int>]

    private static let form = "fields of axes with a value or a list of them, such as {workers: 4, slots: [1, 2]}"

    /// Reads an exclusion: values, by label or as the field takes them. Throws unless it speaks of some cells.
    init(_ mapping: ScenarioField, axes: [SweepAxis], _ vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        var points = axes.map { Set($0.points.indices) }
        var texts: [String] = []
        let fields = try mapping.fields(allowed: Self.form)
        guard !fields.isEmpty else { throw mapping.wrongType("empty", allowed: Self.form) }
        for field in fields {
            guard let (axis, column) = Self.place(of: field.name, in: axes) else {
                throw field.located(.unknown(what: "axis", name: field.name, allowed: axes.flatMap(\.names)))
            }
            var chosen: Set<Int> = []
            for element in field.elements ?? [field] {
                chosen.formUnion(try Self.points(of: element, in: axes[axis], column, vocabulary))
            }
            points[axis].formIntersection(chosen)
            let labels = chosen.sorted().map { axes[axis].points[$0][column].label }
            texts.append("\(field.name) \(labels.joined(separator: " or "))")
        }
        text = texts.joined(separator: ", ")
        self.points = points
        guard points.allSatisfy({ !$0.isEmpty }) else {
            throw mapping.located(
                .invalid(what: "an exclusion", value: text, allowed: "values that a cell has together"))
        }
    }

    /// Whether a cell with these points on the axes, in order, is left out.
    func matches(_ cell: [Int]) -> Bool { zip(points, cell).allSatisfy { $0.contains($1) } }

    private static func place(of name: String, in axes: [SweepAxis]) -> (axis: Int, column: Int)? {
        for (index, axis) in axes.enumerated() {
            if let column = axis.names.firstIndex(of: name) { return (index, column) }
        }
        return nil
    }

    /// The points of an axis that have a value; throws if there is none.
    private static func points(
        of element: ScenarioField, in axis: SweepAxis, _ column: Int, _ vocabulary: Scenario.Vocabulary
    ) throws(ScenarioError) -> Set<Int> {
        let labels = axis.points.map { $0[column].label }
        let unknown = element.located(
            .unknown(
                what: "value of the axis \(axis.names[column])", name: element.plainText ?? "of this form",
                allowed: labels))
        if let written = element.plainText, labels.contains(written) {
            return Set(labels.indices.filter { labels[$0] == written })
        }
        let text: String
        do { text = try axis.fields[column].canonicalText(element, vocabulary) } catch { throw unknown }
        let found = axis.points.indices.filter { axis.points[$0][column].text == text }
        guard !found.isEmpty else { throw unknown }
        return Set(found)
    }
}
