import ArgumentParser
import Foundation
import Harness
import Redis
import ReliableQueue
import Workload

/// `fibq run`: one run, from the private server to the files.
struct RunCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run", abstract: "Run a scenario: load, workers, monitors, audit, CSVs.",
            discussion: "What is given on the command line overrides the scenario. The table goes to standard output.")
    }

    @Argument(help: "The scenario, a YAML file.")
    var scenario: String?

    @OptionGroup var workload: WorkloadOptions

    @Option(help: "How much longer everything takes to Redis and back, such as 1ms.")
    var rtt: DurationOption?

    @Option(help: "How many processes send the tasks.")
    var generators: Int?

    @Option(help: "How many worker processes.")
    var workers: Int?

    @Option(help: "How many tasks a worker may run at once.")
    var slots: Int?

    @Option(help: "No claim holds more tasks, 1 to 4096.")
    var claim: Int?

    @Option(help: "In lock: how many tasks are moved, locked and removed in one pipeline, 1 to 4096.")
    var lockDepth: Int?

    @Option(help: "No lease is shorter.")
    var lease: DurationOption?

    @Option(help: "How many standalone monitors, besides the one in each worker.")
    var monitors: Int?

    @Option(help: "How often a monitor looks.")
    var monitorInterval: DurationOption?

    @Flag(help: "Carry no monitor in the workers.")
    var noWorkerMonitors = false

    @Option(name: .customLong("protocol"), help: "How the queue uses Redis: lease, lock, lock-setex, stream or pop.")
    var queueProtocol: QueueProtocol?

    @Option(help: "How many processors each worker may use.")
    var cores: Int?

    @Option(help: "How much of one processor each worker may use, such as 0.2 (needs control groups).")
    var cpuLimit: Double?

    @OptionGroup var instance: InstanceOptions

    @OptionGroup var sinkConditions: SinkConditionOptions

    @OptionGroup var sink: SinkOptions

    @Option(help: "How long a task may take; one that takes longer fails.")
    var timeLimit: DurationOption?

    @Option(help: "What to do to the run, such as kill-worker, pause-worker@effect, kill-redis; see `fibq faults`.")
    var fault: String?

    @Option(help: "How often to do it.")
    var faults: Int?

    @Option(help: "How long to leave the run alone after each time.")
    var faultPause: DurationOption?

    @Option(help: "How long a process may take to come to the boundary at which it is to be hit.")
    var faultPatience: DurationOption?

    @Option(help: "What an acknowledged task survives: none, everysec, always or replicated:N.")
    var durability: Durability?

    @Option(help: "How the private servers stand together: standalone, sentinel or cluster.")
    var topology: Topology?

    @Option(help: "How many shards the queue has.")
    var shards: Int?

    @Option(help: "How many replicas a private master must hear from to take writes; needs sentinel or cluster.")
    var minReplicas: Int?

    @Option(help: "Use this server instead of a private one: redis://[user:password@]host[:port][/database].")
    var redis: String?

    @Option(help: "The run's own folder; it must be empty or not exist. Default: results/<run id>.")
    var out: String?

    @Option(help: "How long the queue may take to drain after the last task of an open load was sent.")
    var drain: DurationOption?

    @Flag(help: "Do not start a worker again that died.")
    var noRestart = false

    @OptionGroup var gathering: GatherOptions

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() throws {
        let signals = TerminationSignals()
        do {
            let outcome = try Conductor(settings(), signals: signals).run()
            print(outcome.table)
            print("Files: \(outcome.folder)\n")
            if let problem = outcome.problem { StandardError.write("fibq: \(problem)\n") }
            guard outcome.exitCode == 0 else { throw ExitCode(outcome.exitCode) }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw HarnessError(error)
        }
    }

    /// What a run is told.
    ///
    /// - Parameter adapt: changes the scenario before it is checked, for commands that make runs of their own of it; without
    ///   it the arrival process is that of the command line.
    func settings(adapting adapt: ((inout Scenario) throws -> Void)? = nil) throws -> RunSettings {
        var settings = RunSettings(scenario: try checkedScenario(adapt))
        settings.catalogue = try instance.instances.catalogued
        settings.redis = try redis.map { url throws(RedisError) in try RedisEndpoint(url: url) }
        if let given = try sink.given() { (settings.sink, settings.sinkSecurity) = given }
        settings.gathering = gathering.settings
        if gathering.gather != nil { settings.redis = try .given(redis) }
        settings.output = out
        settings.restartsWorkers = !noRestart
        settings.isQuiet = quiet
        settings.commandLine = CommandLine.stated
        return settings
    }

    /// The scenario with what overrides it. What is wrong with the file itself is reported with its line.
    private func checkedScenario(_ adapt: ((inout Scenario) throws -> Void)?) throws -> Scenario {
        let vocabulary = RunSettings.vocabulary(try instance.instances.catalogued)
        let file = try ScenarioFile.read(scenario, vocabulary)
        var scenario = file?.scenario ?? Scenario()
        try applyOverrides(to: &scenario)
        try adapt?(&scenario)
        let force = workload.force
        do throws(WorkloadError) {
            try scenario.validate(vocabulary: vocabulary)
            try ParameterLimits.check(scenario.mix, force: force)
        } catch {
            let located = file?.located(error) { entry throws(WorkloadError) in
                try ParameterLimits.check(entry, force: force)
            }
            if let located { throw located }
            throw error
        }
        if case .trace = scenario.arrival { _ = try scenario.plan(force: force) }
        return scenario
    }

    private func applyOverrides(to scenario: inout Scenario) throws {
        try workload.apply(to: &scenario)
        if let drain { scenario.drain = drain.duration }
        if let rtt { scenario.rtt = rtt.duration }
        if let generators { scenario.generators = generators }
        if let workers { scenario.workers = workers }
        if let slots { scenario.slots = slots }
        if let claim { scenario.claim = claim }
        if let lockDepth { scenario.lockDepth = lockDepth }
        if let lease { scenario.lease = lease.duration }
        if let monitors { scenario.monitors = monitors }
        if let monitorInterval { scenario.monitorInterval = monitorInterval.duration }
        if noWorkerMonitors { scenario.monitorsInWorkers = false }
        if let queueProtocol { scenario.queueProtocol = queueProtocol.rawValue }
        if let durability { scenario.durability = "\(durability)" }
        if let topology { scenario.topology = topology }
        if let minReplicas { scenario.minReplicas = minReplicas }
        if let shards { scenario.shards = shards }
        if let cores { scenario.cores = cores }
        if let cpuLimit { scenario.cpuLimit = cpuLimit }
        try instance.apply(to: &scenario)
        try sinkConditions.apply(to: &scenario.sink)
        if let timeLimit { scenario.timeLimit = timeLimit.duration }
        if let fault { scenario.fault = try Fault(parsing: fault) }
        if let faults { scenario.faults = faults }
        if let faultPause { scenario.faultPause = faultPause.duration }
        if let faultPatience { scenario.faultPatience = faultPatience.duration }
    }
}

extension Topology: ExpressibleByArgument {}
