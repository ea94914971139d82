extension SweepPlan {
    private enum Field: String, CaseIterable {
        case name, description, scenario, axes, repetitions, seed
    }

    /// Reads a plan from YAML.
    ///
    /// `name` is the file's name in errors. Throws at the first field or value that is unknown, repeated, of a wrong type
    /// or out of its range, and when there would be more than ``mostTrials`` runs. What only shows in several fields of
    /// a cell together is left to ``check(_:)``.
    package init(yaml: String, name: String, vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        self.init(file: name, vocabulary: vocabulary)
        let names = Field.allCases.map(\.rawValue)
        let root = try ScenarioField.root(of: yaml, file: name, called: "a sweep plan")
        var axes: ScenarioField?
        for field in try root?.fields(allowed: "a mapping of \(names.joined(separator: ", "))") ?? [] {
            guard let known = Field(rawValue: field.name) else {
                throw field.located(.unknown(what: "field", name: field.name, allowed: names))
            }
            if known == .axes { axes = field }
            try read(known, from: field)
        }
        guard let axes else {
            let missing = WorkloadError.missing(what: "the mapping of axes", allowed: Self.axesForm)
            throw ScenarioError(file: name, line: 1, problem: missing.problem, allowed: missing.allowed)
        }
        try checkSize(axes)
    }

    private static let axesForm = "fields with lists of values, such as axes: {workers: [1, 2], slots: [1, 8]}"

    private mutating func read(_ known: Field, from field: ScenarioField) throws(ScenarioError) {
        switch known {
        case .name: name = try field.text(allowed: "text")
        case .description: description = try field.text(allowed: "text")
        case .scenario: try readBase(field)
        case .axes:
            for axis in try field.fields(allowed: Self.axesForm) {
                axes.append(try SweepAxis(axis, vocabulary: vocabulary))
            }
        case .repetitions: repetitions = try field.whole(in: Self.repetitionLimits)
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

    private func checkSize(_ field: ScenarioField) throws(ScenarioError) {
        guard !axes.isEmpty else { throw field.wrongType("empty", allowed: Self.axesForm) }
        var trials = repetitions
        for axis in axes {
            let (product, overflow) = trials.multipliedReportingOverflow(by: axis.values.count)
            trials = overflow ? .max : product
        }
        guard trials <= Self.mostTrials else {
            throw field.located(
                .invalid(
                    what: "the number of cells times repetitions", value: trials == .max ? "huge" : "\(trials)",
                    allowed: "at most \(Self.mostTrials)"))
        }
    }
}
