extension Scenario {
    /// The fields as a file names them. The command-line option that overrides one has the same name, but for three:
    /// `--no-worker-monitors` is that of `monitors-in-workers`, and `name` and `description` have none.
    enum Key: String, CaseIterable {
        case name, description, mix, arrival, tasks, duration, drain, payload, rtt, generators, workers, slots, claim
        case lockDepth = "lock-depth"
        case lease, monitors
        case monitorInterval = "monitor-interval"
        case monitorsInWorkers = "monitors-in-workers"
        case queueProtocol = "protocol"
        case durability, topology
        case minReplicas = "min-replicas"
        case shards
        case producerKeeps = "producer-keeps"
        case cores
        case cpuLimit = "cpu-limit"
        case instance, credits
        case timeScale = "time-scale"
        case instanceRoles = "instance-roles"
        case sinkDelay = "sink-delay"
        case sinkSlow = "sink-slow"
        case sinkFail = "sink-fail"
        case sinkDrop = "sink-drop"
        case sinkStorage = "sink-storage"
        case timeLimit = "time-limit"
        case fault, faults
        case faultPause = "fault-pause"
        case faultPatience = "fault-patience"
        case seed
    }

    /// What the fields may be.
    enum Limits {
        static let tasks: ClosedRange<UInt64> = 1...1_000_000_000_000
        static let drain: ClosedRange<Duration> = .zero...(.seconds(86_400))
        static let payload = 1...65_536
        static let rtt: ClosedRange<Duration> = .microseconds(10)...(.seconds(10))
        static let generators = 1...64
        static let workers = 1...1000
        static let slots = 1...1000
        static let claim = 1...4096
        static let lockDepth = 1...4096
        static let minReplicas = 0...16
        static let shards = 1...256
        static let producerKeeps = 0...100_000
        static let cores = 1...1024
        static let cpuLimit = 0.01...1024.0
        static let timeScale = 0.001...100_000.0
        static let monitors = 0...1000
        static let timeLimit: ClosedRange<Duration> = .milliseconds(10)...(.seconds(86_400))
        static let faults = 1...100_000
        static let faultPause: ClosedRange<Duration> = .zero...(.seconds(3600))
        static let faultPatience: ClosedRange<Duration> = .milliseconds(10)...(.seconds(3600))
        static let seed: ClosedRange<UInt64> = 0...(.max)
        static let duration: ClosedRange<Duration> = .milliseconds(1)...(.seconds(9_000_000))
        static let lease: ClosedRange<Duration> = .milliseconds(10)...(.seconds(3600))
        static let monitorInterval: ClosedRange<Duration> = .milliseconds(10)...(.seconds(3600))
    }

    /// What several fields have to be together.
    enum Rule: CaseIterable {
        /// The run has an end that suits its arrival process.
        case end
        /// Somebody takes back what a worker held that died, where the protocol knows how.
        case recovery
        /// There is something for the fault to hit.
        case victim
        /// The servers have the replicas that are asked for, and stand where they can.
        case topology
        /// What is said of an instance is said of one, and nothing else limits the processors of its roles.
        case instance
        /// The plan can be shared by several generators, and one that is killed can be followed by another.
        case generators

        /// The field that an error is about.
        var field: Key {
            switch self {
            case .end: .arrival
            case .recovery: .monitorsInWorkers
            case .victim: .fault
            case .topology: .topology
            case .instance: .instance
            case .generators: .generators
            }
        }

        private func checkTopology(_ scenario: Scenario) throws(WorkloadError) {
            let name = scenario.topology.rawValue
            guard scenario.topology != .standalone else {
                guard scenario.minReplicas == 0 else {
                    throw .invalid(
                        what: Key.minReplicas.rawValue, value: "\(scenario.minReplicas)",
                        allowed: "0 with topology \(name): say sentinel or cluster")
                }
                return
            }
            for (key, value, count) in [
                (Key.durability, scenario.durability, scenario.replicasOfDurability),
                (.minReplicas, "\(scenario.minReplicas)", scenario.minReplicas),
            ] where count > scenario.replicas {
                throw .invalid(
                    what: key.rawValue, value: value,
                    allowed: "no more replicas than a master has with topology \(name), which is \(scenario.replicas)")
            }
            // What stands between the processes and one server, or keeps one small, does so for one.
            guard scenario.rtt == nil else {
                throw .invalid(what: Key.topology.rawValue, value: name, allowed: "standalone with rtt")
            }
            let isOnInstance = (scenario.instanceRoles ?? InstanceRole.standard).contains(.redis)
            guard scenario.instance == nil || !isOnInstance else {
                throw .invalid(
                    what: Key.topology.rawValue, value: name,
                    allowed: "standalone on an instance; or say instance-roles without redis")
            }
        }

        private func checkInstance(_ scenario: Scenario) throws(WorkloadError) {
            guard scenario.instance != nil else {
                let isAlone = scenario.credits != nil || scenario.timeScale != nil || scenario.instanceRoles != nil
                guard !isAlone else { throw .missing(what: "the instance", allowed: "a type, such as t2.small") }
                return
            }
            guard scenario.cpuLimit == nil, scenario.cores == nil else {
                let key = scenario.cores == nil ? Key.cpuLimit : Key.cores
                throw .invalid(
                    what: key.rawValue, value: "set beside an instance",
                    allowed: "one of the two: an instance has processors of its own")
            }
        }

        private func checkGenerators(_ scenario: Scenario) throws(WorkloadError) {
            if case .closed = scenario.arrival.loop {
                guard scenario.generators == 1 else {
                    throw .invalid(
                        what: Key.generators.rawValue, value: "\(scenario.generators)", allowed: "one for a closed loop"
                    )
                }
                // A task that never ends keeps its place in the window for ever.
                guard scenario.fault == nil, scenario.queueProtocol != "pop" else {
                    throw .invalid(
                        what: Key.arrival.rawValue, value: scenario.arrival.description,
                        allowed:
                            "a schedule or a backlog, where tasks may be lost: with the protocol pop, and with a fault")
                }
            }
            // The one that follows sends a plan of its own, at the same pace.
            guard [.killProducer, .any].contains(scenario.fault?.kind) else { return }
            if case .trace = scenario.arrival {
                throw .invalid(
                    what: Key.fault.rawValue, value: scenario.fault?.description ?? "",
                    allowed: "none that ends a generator of a trace")
            }
            guard scenario.generators == 1 else {
                throw .invalid(
                    what: Key.generators.rawValue, value: "\(scenario.generators)",
                    allowed: "one, where a fault may end it")
            }
        }

        func check(_ scenario: Scenario, _ vocabulary: Vocabulary) throws(WorkloadError) {
            switch self {
            case .end:
                try TaskPlan.check(arrival: scenario.arrival, tasks: scenario.tasks, duration: scenario.duration)
            case .recovery:
                guard
                    scenario.monitorsInWorkers || scenario.monitors > 0
                        || vocabulary.protocolsWithoutRecovery.contains(scenario.queueProtocol)
                else {
                    throw .missing(
                        what: "a monitor",
                        allowed: "one in each worker, or monitors from 1 on: "
                            + "without any, a worker that dies would hold its tasks for ever")
                }
            case .victim:
                guard let fault = scenario.fault else { return }
                guard fault.kind.topologies.contains(scenario.topology) else {
                    let others = Topology.allCases.filter(fault.kind.topologies.contains).map(\.rawValue)
                    throw .invalid(
                        what: Key.topology.rawValue, value: scenario.topology.rawValue,
                        allowed: others.joined(separator: " or ") + " for the fault \(fault)")
                }
                if fault.kind == .failOver, scenario.replicas == 0 {
                    throw .missing(
                        what: "a replica for the fault",
                        allowed: "durability replicated:1 or more, or topology sentinel or cluster")
                }
                guard fault.kind.target == .monitor, scenario.monitors == 0 else { return }
                guard fault.point != .anywhere, scenario.monitorsInWorkers else {
                    throw .missing(
                        what: "a monitor for the fault",
                        allowed: "monitors from 1 on; at a boundary, the one in a worker will do")
                }
            case .topology: try checkTopology(scenario)
            case .instance: try checkInstance(scenario)
            case .generators:
                try checkGenerators(scenario)
            }
        }
    }

    /// The names that only the modules beside this one know.
    package struct Vocabulary: Hashable, Sendable {
        /// The queue's protocols.
        package var queueProtocols: [String]
        /// The durabilities; a name that ends in `:N` stands for that name with any positive whole number.
        package var durabilities: [String]
        /// The instance types.
        package var instances: [String]
        /// Where the CPU credits of one may begin, besides a number of them.
        package var creditStarts: [String]
        /// The latencies that are measured.
        package var latencies: [String]
        /// Those of the protocols that can run without a monitor, having no use for one.
        package var protocolsWithoutRecovery: Set<String>

        /// A vocabulary of these names.
        package init(
            queueProtocols: [String], durabilities: [String], instances: [String] = [], creditStarts: [String] = [],
            latencies: [String] = [], protocolsWithoutRecovery: Set<String> = ["pop"]
        ) {
            self.queueProtocols = queueProtocols
            self.durabilities = durabilities
            self.instances = instances
            self.creditStarts = creditStarts
            self.latencies = latencies
            self.protocolsWithoutRecovery = protocolsWithoutRecovery
        }

        func check(queueProtocol: String) throws(WorkloadError) {
            try Self.check("protocol", queueProtocol, among: queueProtocols)
        }

        func check(durability: String) throws(WorkloadError) {
            try Self.check("durability", durability, among: durabilities)
        }

        func check(instance: String) throws(WorkloadError) { try Self.check("instance", instance, among: instances) }

        func check(credits: String) throws(WorkloadError) {
            if let number = credits.decimal, number >= 0 { return }
            guard creditStarts.contains(credits) else {
                throw .invalid(
                    what: "credits", value: credits,
                    allowed: creditStarts.joined(separator: ", ") + ", or a number of credits")
            }
        }

        private static func check(_ what: String, _ name: String, among allowed: [String]) throws(WorkloadError) {
            let isKnown = allowed.contains { pattern in
                guard pattern.hasSuffix(":N") else { return name == pattern }
                let prefix = pattern.dropLast()
                return name.hasPrefix(prefix) && (UInt32(name.dropFirst(prefix.count)) ?? 0) > 0
            }
            guard isKnown else { throw .unknown(what: what, name: name, allowed: allowed) }
        }
    }

    /// Throws unless every field is in its range, the names are in the vocabulary, and the fields suit each other: the
    /// run has an end, and a monitor if its protocol recovers.
    ///
    /// Fields that came from a file were checked one by one; this is for the outcome after overrides.
    package func validate(vocabulary: Vocabulary) throws(WorkloadError) {
        try checkRanges()
        try vocabulary.check(queueProtocol: queueProtocol)
        try vocabulary.check(durability: durability)
        if let instance { try vocabulary.check(instance: instance) }
        if let credits { try vocabulary.check(credits: credits) }
        for rule in Rule.allCases { try rule.check(self, vocabulary) }
    }

    /// Throws unless every number and every duration is in its range: the part of ``validate(vocabulary:)`` that holds
    /// for one process by itself, too.
    package func checkRanges() throws(WorkloadError) {
        if let tasks { try Self.check(.tasks, tasks, in: Limits.tasks) }
        if let duration { try Self.check(.duration, duration, in: Limits.duration) }
        try Self.check(.drain, drain, in: Limits.drain)
        if let payload { try Self.check(.payload, payload, in: Limits.payload) }
        if let rtt { try Self.check(.rtt, rtt, in: Limits.rtt) }
        try Self.check(.generators, generators, in: Limits.generators)
        try Self.check(.workers, workers, in: Limits.workers)
        try Self.check(.slots, slots, in: Limits.slots)
        try Self.check(.claim, claim, in: Limits.claim)
        try Self.check(.lockDepth, lockDepth, in: Limits.lockDepth)
        try Self.check(.minReplicas, minReplicas, in: Limits.minReplicas)
        try Self.check(.shards, shards, in: Limits.shards)
        try Self.check(.producerKeeps, producerKeeps, in: Limits.producerKeeps)
        if let cores { try Self.check(.cores, cores, in: Limits.cores) }
        if let cpuLimit { _ = try Self.cpuLimit("\(cpuLimit)") }
        if let timeScale { _ = try Self.timeScale("\(timeScale)") }
        try Self.check(.lease, lease, in: Limits.lease)
        try Self.check(.monitors, monitors, in: Limits.monitors)
        try Self.check(.monitorInterval, monitorInterval, in: Limits.monitorInterval)
        if let timeLimit { try Self.check(.timeLimit, timeLimit, in: Limits.timeLimit) }
        try Self.check(.faults, faults, in: Limits.faults)
        try Self.check(.faultPause, faultPause, in: Limits.faultPause)
        try Self.check(.faultPatience, faultPatience, in: Limits.faultPatience)
        guard sink.delay.median < SinkConditions.deadline else {
            throw .invalid(
                what: Key.sinkDelay.rawValue, value: sink.delay.description,
                allowed:
                    "a delay below the \(SinkConditions.deadline.textWithUnit) that a call may take, half of the time "
                    + "at least: the other calls never succeed")
        }
    }

    /// Reads a share of a processor.
    package static func cpuLimit(_ text: String) throws(WorkloadError) -> Double {
        guard let share = Double(text), Limits.cpuLimit.contains(share) else {
            throw .invalid(
                what: Key.cpuLimit.rawValue, value: text,
                allowed: "how many processors, from \(Limits.cpuLimit.lowerBound) on, such as 0.2 or 1.5")
        }
        return share
    }

    /// Reads how many seconds of an instance's credits are one that goes by.
    package static func timeScale(_ text: String) throws(WorkloadError) -> Double {
        guard let scale = text.decimal, Limits.timeScale.contains(scale) else {
            throw .invalid(
                what: Key.timeScale.rawValue, value: text,
                allowed: "how many seconds of its credits are one that goes by, such as 60, up to 100000")
        }
        return scale
    }

    private static func check(_ key: Key, _ value: Duration, in range: ClosedRange<Duration>) throws(WorkloadError) {
        guard range.contains(value) else {
            throw .outside(range, what: key.rawValue, value: value.textWithUnit)
        }
    }

    private static func check<Value: FixedWidthInteger & Sendable>(
        _ key: Key, _ value: Value, in range: ClosedRange<Value>
    ) throws(WorkloadError) {
        guard range.contains(value) else {
            throw .outside(range, what: key.rawValue, value: "\(value)")
        }
    }
}

extension WorkloadError {
    /// A duration outside its range.
    static func outside(_ range: ClosedRange<Duration>, what: String, value: String) -> Self {
        let allowed = "a duration from \(range.lowerBound.textWithUnit) to \(range.upperBound.textWithUnit)"
        return .invalid(what: what, value: value, allowed: allowed)
    }

    /// A whole number outside its range.
    static func outside(_ range: ClosedRange<some FixedWidthInteger>, what: String, value: String) -> Self {
        let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return .invalid(what: what, value: value, allowed: allowed)
    }
}
