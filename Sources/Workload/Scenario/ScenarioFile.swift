/// A scenario as a file has it, with the lines that its fields stand on.
package struct ScenarioFile: Sendable {
    /// What the file says; a field that it does not mention has its default.
    package private(set) var scenario = Scenario()

    private let name: String
    private let vocabulary: Scenario.Vocabulary
    private var lines: [Scenario.Key: Int] = [:]
    /// The lines of the mix's entries; none when the mix is one line of text.
    private var entryLines: [Int] = []

    /// Reads a scenario from YAML.
    ///
    /// `name` is the file's name in errors. Throws at the first field that is unknown, repeated, of a wrong type or out
    /// of its range. What only shows in several fields together is left to ``Scenario/validate(vocabulary:)``, since an
    /// override may mend it, and to ``located(_:checkingEntry:)``.
    package init(yaml: String, name: String, vocabulary: Scenario.Vocabulary) throws(ScenarioError) {
        self.init(name: name, vocabulary: vocabulary)
        if let root = try ScenarioField.root(of: yaml, file: name) { try read(root) }
    }

    /// A file that says nothing yet.
    init(name: String, vocabulary: Scenario.Vocabulary) {
        self.name = name
        self.vocabulary = vocabulary
    }

    /// Reads the fields of a mapping; they override what was read before.
    mutating func read(_ mapping: ScenarioField) throws(ScenarioError) {
        let names = Scenario.Key.allCases.map(\.rawValue)
        for field in try mapping.fields(allowed: "a mapping of \(names.joined(separator: ", "))") {
            guard let key = Scenario.Key(rawValue: field.name) else {
                throw field.located(.unknown(what: "field", name: field.name, allowed: names))
            }
            try set(key, from: field)
        }
    }

    /// Reads one field, and remembers its line.
    mutating func set(_ key: Scenario.Key, from field: ScenarioField) throws(ScenarioError) {
        lines[key] = field.line
        try read(key, from: field)
    }

    /// Changes a field to what another field makes of it, which stands on that line.
    mutating func change(
        _ key: Scenario.Key, at line: Int, _ change: (inout Scenario) throws(ScenarioError) -> Void
    ) throws(ScenarioError) {
        try change(&scenario)
        lines[key] = line
        if key == .mix { entryLines = [] }
    }

    /// The line that a field stands on; `nil` when the file does not mention it.
    func line(of key: Scenario.Key) -> Int? { lines[key] }

    /// An error of this scenario, after overrides, as one of the file: with its line. `nil` when the file by itself has
    /// no such fault, so that an override brought it in.
    ///
    /// - Parameter checkEntry: what the caller demands of an entry of the mix.
    package func located(
        _ error: WorkloadError, checkingEntry checkEntry: (MixEntry) throws(WorkloadError) -> Void
    ) -> ScenarioError? {
        guard let line = line(of: error, checkEntry) else { return nil }
        return ScenarioError(file: name, line: line, problem: error.problem, allowed: error.allowed)
    }

    private func line(of error: WorkloadError, _ checkEntry: (MixEntry) throws(WorkloadError) -> Void) -> Int? {
        for rule in Scenario.Rule.allCases {
            let found = WorkloadError(thrownBy: { () throws(WorkloadError) in try rule.check(scenario, vocabulary) })
            if found == error { return lines[rule.field] ?? 1 }
        }
        let index = scenario.mix.entries.firstIndex { entry in
            WorkloadError(thrownBy: { () throws(WorkloadError) in try checkEntry(entry) }) == error
        }
        return index.map { entryLines.isEmpty ? lines[.mix] ?? 1 : entryLines[$0] }
    }

    private mutating func read(_ key: Scenario.Key, from field: ScenarioField) throws(ScenarioError) {
        switch key {
        case .name: scenario.name = try field.text(allowed: "text")
        case .description: scenario.description = try field.text(allowed: "text")
        case .mix:
            scenario.mix = try TaskMix(field)
            entryLines = field.elements?.map(\.line) ?? []
        case .arrival:
            let forms = ArrivalProcess.forms.joined(separator: ", ")
            scenario.arrival = try field.parsed(allowed: forms, ArrivalProcess.init(parsing:))
        case .tasks: scenario.tasks = try field.whole(in: Scenario.Limits.tasks)
        case .duration: scenario.duration = try field.duration(in: Scenario.Limits.duration)
        case .drain: scenario.drain = try field.duration(in: Scenario.Limits.drain)
        case .payload: scenario.payload = try field.whole(in: Scenario.Limits.payload)
        case .rtt: scenario.rtt = try field.duration(in: Scenario.Limits.rtt)
        case .generators: scenario.generators = try field.whole(in: Scenario.Limits.generators)
        case .workers: scenario.workers = try field.whole(in: Scenario.Limits.workers)
        case .slots: scenario.slots = try field.whole(in: Scenario.Limits.slots)
        case .claim: scenario.claim = try field.whole(in: Scenario.Limits.claim)
        case .lockDepth: scenario.lockDepth = try field.whole(in: Scenario.Limits.lockDepth)
        case .lease: scenario.lease = try field.duration(in: Scenario.Limits.lease)
        case .monitors: scenario.monitors = try field.whole(in: Scenario.Limits.monitors)
        case .monitorInterval: scenario.monitorInterval = try field.duration(in: Scenario.Limits.monitorInterval)
        case .monitorsInWorkers: scenario.monitorsInWorkers = try field.boolean()
        case .queueProtocol:
            scenario.queueProtocol = try field.name(vocabulary.queueProtocols, vocabulary.check(queueProtocol:))
        case .durability:
            scenario.durability = try field.name(vocabulary.durabilities, vocabulary.check(durability:))
        case .topology:
            let names = Topology.allCases.map(\.rawValue)
            scenario.topology = try field.parsed(allowed: names.joined(separator: ", "), Topology.init(named:))
        case .minReplicas: scenario.minReplicas = try field.whole(in: Scenario.Limits.minReplicas)
        case .shards: scenario.shards = try field.whole(in: Scenario.Limits.shards)
        case .producerKeeps: scenario.producerKeeps = try field.whole(in: Scenario.Limits.producerKeeps)
        case .cores: scenario.cores = try field.whole(in: Scenario.Limits.cores)
        case .cpuLimit: scenario.cpuLimit = try field.parsed(allowed: "such as 0.2", Scenario.cpuLimit)
        case .instance: scenario.instance = try field.name(vocabulary.instances, vocabulary.check(instance:))
        case .credits:
            scenario.credits = try field.name(vocabulary.creditStarts + ["a number"], vocabulary.check(credits:))
        case .timeScale: scenario.timeScale = try field.parsed(allowed: "such as 60", Scenario.timeScale)
        case .instanceRoles:
            scenario.instanceRoles = try field.parsed(allowed: InstanceRole.forms, InstanceRole.roles(parsing:))
        case .sinkDelay:
            scenario.sink.delay = try field.parsed(allowed: SinkDelay.forms) { text throws(WorkloadError) in
                try SinkDelay(parsing: text, what: key.rawValue)
            }
        case .sinkSlow: scenario.sink.slow = try field.parsed(allowed: SlowCalls.form, SlowCalls.init(parsing:))
        case .sinkFail:
            scenario.sink.failing = try field.parsed(allowed: FailingCalls.form, FailingCalls.init(parsing:))
        case .sinkDrop:
            scenario.sink.dropFraction = try field.parsed(allowed: SinkConditions.fractionForm) {
                text throws(WorkloadError) in try SinkConditions.fraction(parsing: text, what: key.rawValue)
            }
        case .sinkStorage: scenario.sink.storage = try field.parsed(allowed: "file, memory", SinkStorage.init(named:))
        case .timeLimit: scenario.timeLimit = try field.duration(in: Scenario.Limits.timeLimit)
        case .fault:
            scenario.fault = try field.parsed(allowed: "none, \(Fault.forms)") { text throws(WorkloadError) in
                text == "none" ? nil : try Fault(parsing: text)
            }
        case .faults: scenario.faults = try field.whole(in: Scenario.Limits.faults)
        case .faultPause: scenario.faultPause = try field.duration(in: Scenario.Limits.faultPause)
        case .faultPatience: scenario.faultPatience = try field.duration(in: Scenario.Limits.faultPatience)
        case .seed: scenario.seed = try field.whole(in: Scenario.Limits.seed)
        }
    }
}

extension WorkloadError {
    /// What `body` throws; `nil` if it throws nothing.
    fileprivate init?(thrownBy body: () throws(WorkloadError) -> Void) {
        do {
            try body()
            return nil
        } catch {
            self = error
        }
    }
}

extension ScenarioField {
    /// One of a list of names, as `check` judges it.
    fileprivate func name(
        _ allowed: [String], _ check: (String) throws(WorkloadError) -> Void
    ) throws(ScenarioError) -> String {
        try parsed(allowed: allowed.joined(separator: ", ")) { text throws(WorkloadError) in
            try check(text)
            return text
        }
    }
}
