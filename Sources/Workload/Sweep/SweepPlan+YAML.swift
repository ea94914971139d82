extension SweepPlan {
    private enum Field: String, CaseIterable {
        case name, description, scenario, axes, zip, cells, exclude, repetitions, until, seed
    }

    /// Reads a plan from YAML.
    ///
    /// `name` is the file's name in errors. Throws at the first field or value that is unknown, repeated, of a wrong type
    /// or out of its range, when nothing is left to run, and when there would be more than ``mostTrials`` runs. What only
    /// shows in several fields of a cell together is left to ``check(_:instance:)``.
    package init(yaml: String, name: String, vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        self.init(file: name, vocabulary: vocabulary)
        let names = Field.allCases.map(\.rawValue)
        let root = try ScenarioField.root(of: yaml, file: name, called: "a sweep plan")
        var given: [Field: ScenarioField] = [:]
        for field in try root?.fields(allowed: "a mapping of \(names.joined(separator: ", "))") ?? [] {
            guard let known = Field(rawValue: field.name) else {
                throw field.located(.unknown(what: "field", name: field.name, allowed: names))
            }
            given[known] = field
            try read(known, from: field)
        }
        guard let varying = [given[.axes], given[.zip], given[.cells]].compactMap(\.self).first else {
            let missing = WorkloadError.missing(what: "the mapping of axes", allowed: Self.axesForm)
            throw ScenarioError(file: name, line: 1, problem: missing.problem, allowed: missing.allowed)
        }
        if let stopRule, let until = given[.until], stopRule.most < repetitions {
            throw until.located(
                .invalid(
                    what: "most", value: "\(stopRule.most)",
                    allowed: "as many as repetitions, which is \(repetitions), or more"))
        }
        try checkSize(varying)
        if let exclude = given[.exclude] { try leaveOut(exclude) }
    }

    private static let axesForm = "fields with lists of values, such as axes: {workers: [1, 2], slots: [1, 8]}"
    private static let zipForm = "a list of fields with lists, such as zip: [{workers: [1, 2], slots: [8, 4]}]"
    private static let excludeForm = "a list of what to leave out, such as exclude: [{workers: 4, slots: [1, 2]}]"

    private mutating func read(_ known: Field, from field: ScenarioField) throws(ScenarioError) {
        switch known {
        case .name: name = try field.text(allowed: "text")
        case .description: description = try field.text(allowed: "text")
        case .scenario: try readBase(field)
        case .axes:
            let fields = try field.fields(allowed: Self.axesForm)
            guard !fields.isEmpty else { throw field.wrongType("empty", allowed: Self.axesForm) }
            for axis in fields { try add(try SweepAxis(axis, vocabulary), from: axis) }
        case .zip:
            for zip in try Self.elements(of: field, allowed: Self.zipForm) {
                try add(try SweepAxis(zip: zip, vocabulary), from: zip)
            }
        case .cells: try add(try SweepAxis(cells: field, vocabulary), from: field)
        // Once all axes are known.
        case .exclude: break
        case .repetitions: repetitions = try field.whole(in: Self.repetitionLimits)
        case .until: stopRule = try StopRule(field, latencies: vocabulary.latencies)
        case .seed: seed = try field.whole(in: Self.seedLimits)
        }
    }

    private mutating func readBase(_ field: ScenarioField) throws(ScenarioError) {
        let allowed = "a mapping of the fields of a scenario"
        if let seed = try field.fields(allowed: allowed).first(where: { $0.name == Scenario.Key.seed.rawValue }) {
            throw seed.located(
                .invalid(what: "seed", value: "part of the scenario", allowed: "the plan's own, beside scenario"))
        }
        try base.read(field)
    }

    private mutating func add(_ axis: SweepAxis, from field: ScenarioField) throws(ScenarioError) {
        if let name = axis.names.first(where: axisNames.contains) {
            throw field.located(.repeated(what: "the axis", name: name))
        }
        axes.append(axis)
    }

    private static func elements(
        of field: ScenarioField, allowed: String
    ) throws(ScenarioError) -> [ScenarioField] {
        guard let elements = field.elements else { throw field.wrongType(allowed: allowed) }
        guard !elements.isEmpty else { throw field.wrongType("an empty list", allowed: allowed) }
        return elements
    }

    private func checkSize(_ field: ScenarioField) throws(ScenarioError) {
        var trials = mostRepetitions
        for axis in axes {
            let (product, overflow) = trials.multipliedReportingOverflow(by: axis.points.count)
            trials = overflow ? .max : product
        }
        guard trials <= Self.mostTrials else {
            throw field.located(
                .invalid(
                    what: "the number of cells times repetitions, before exclusions,",
                    value: trials == .max ? "huge" : "\(trials)",
                    allowed: "at most \(Self.mostTrials)"))
        }
    }

    private mutating func leaveOut(_ field: ScenarioField) throws(ScenarioError) {
        for mapping in try Self.elements(of: field, allowed: Self.excludeForm) {
            exclusions.append(try SweepExclusion(mapping, axes: axes, vocabulary))
        }
        let kept = (0..<combinationCount).filter { rank in
            let points = points(ofCombination: rank)
            return !exclusions.contains { $0.matches(points) }
        }
        guard !kept.isEmpty else {
            throw field.located(
                .invalid(what: "exclude", value: "every cell", allowed: "exclusions that leave a cell to run"))
        }
        self.kept = kept
    }
}
