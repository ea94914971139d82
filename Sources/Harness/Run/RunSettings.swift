package import InstanceLimits
package import Messaging
package import Redis
import ReliableQueue
package import Reporting
package import Workload

/// Everything that one run is told.
package struct RunSettings: Sendable {
    /// The load, the workers, the queue.
    package var scenario: Scenario
    /// The server; `nil` starts a private one.
    package var redis: RedisEndpoint?
    /// The sink; `nil` starts a private one where the scenario wants one.
    package var sink: SinkAddress?
    /// How workers check who a given sink is.
    package var sinkSecurity = ClientSecurity.plaintext
    /// The run's own folder; `nil` is `results/<run id>`.
    package var output: String?
    /// How the run gathers its processes from other hosts; `nil` for one that starts them itself.
    package var gathering: GatheringSettings?
    /// False leaves a worker that died dead.
    package var restartsWorkers = true
    /// The instance types that the scenario may name.
    package var catalogue = InstanceCatalogue.builtIn
    /// Silences progress.
    package var isQuiet = false
    /// The point of a sweep that the run is; `nil` for a run by itself.
    package var cell: RunKey?
    /// For the manifest.
    package var commandLine: [String] = []

    /// The settings of a run of this scenario.
    package init(scenario: Scenario) {
        self.scenario = scenario
    }

    /// The names that a scenario may use for protocols, durabilities and instances.
    package static let vocabulary = vocabulary(.builtIn)

    /// The same with the instance types of another catalogue.
    package static func vocabulary(_ catalogue: InstanceCatalogue) -> Scenario.Vocabulary {
        Scenario.Vocabulary(
            queueProtocols: QueueProtocol.allCases.map(\.rawValue), durabilities: Durability.names,
            instances: catalogue.types.map(\.name), creditStarts: CreditAccount.Start.names,
            latencies: LatencyKind.allCases.map(\.rawValue))
    }

    /// The scenario's protocol.
    ///
    /// - Precondition: the scenario was validated against ``vocabulary``.
    var queueProtocol: QueueProtocol {
        guard let known = QueueProtocol(rawValue: scenario.queueProtocol) else {
            preconditionFailure("an unvalidated scenario: protocol \(scenario.queueProtocol)")
        }
        return known
    }

    /// The scenario's durability.
    ///
    /// - Precondition: the scenario was validated against ``vocabulary``.
    var durability: Durability {
        guard let known = Durability(scenario.durability) else {
            preconditionFailure("an unvalidated scenario: durability \(scenario.durability)")
        }
        return known
    }

    /// True when workers run many tasks at once without a thread for each: those that place messages do.
    var runsConcurrently: Bool { sink != nil || scenario.wantsSink }

    /// True when all tasks are sent before the workers start.
    var isBacklog: Bool { scenario.arrival.loop == .backlog }
}
