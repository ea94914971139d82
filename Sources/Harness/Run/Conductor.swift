import InstanceLimits
import Measurement
import Processes
import Redis
import ReliableQueue
import Workload

/// Runs one scenario from start to end: server, workers, generator, monitors, audit, files.
///
/// It must be used on the process' main thread, which its children's lives are tied to.
package struct Conductor {
    private let settings: RunSettings
    private let signals: TerminationSignals
    private let console: Console

    /// A conductor of one run. `signals` stop it: what was measured by then is written.
    package init(_ settings: RunSettings, signals: TerminationSignals) {
        self.settings = settings
        self.signals = signals
        console = Console(isQuiet: settings.isQuiet)
    }

    /// Runs it.
    ///
    /// - Returns: the outcome, also of a run that lost tasks or was interrupted.
    /// - Throws: ``HarnessError`` when nothing could be measured.
    package func run() throws(HarnessError) -> RunOutcome {
        try settings.scenario.check(hasOwnServer: settings.redis == nil)
        if settings.gathering != nil { try GatheringSettings.check(settings) }
        // What is wrong with a trace shows before anything starts, and nobody reads it again afterwards.
        let planned = try settings.scenario.plannedTasks()
        let instance = try InstanceBox(settings)
        if let instance, let obstacle = instance.obstacle {
            let counted = instance.type.credits == nil ? "" : "; its CPU credits are counted"
            console.say("\(obstacle): nothing is held back to what a \(instance.type.name) has\(counted)")
        }
        let folder = try RunFolder(output: settings.output)
        do throws(HarnessError) {
            return try run(in: folder, on: instance, planned: planned)
        } catch {
            folder.removeUnlessUsed()
            throw error
        }
    }

    private func run(
        in folder: RunFolder, on instance: InstanceBox?, planned: Int?
    ) throws(HarnessError) -> RunOutcome {
        if let gathering = settings.gathering { return try gather(gathering, in: folder, planned: planned) }
        let server = try RunServer(settings, key: Self.key(of: folder), instance: instance)
        defer { server.stop() }
        let stop = signals.stop
        do {
            let configuration = configuration(of: folder, at: server)
            let queue = try open(configuration, until: stop)
            let redisSettings = try RedisServerSettings(of: queue.connection)
            let course = RunCourse(
                settings: settings, folder: folder, server: server, queue: queue, queueName: configuration.name,
                link: try settings.scenario.rtt.map { rtt throws(HarnessError) in
                    try RunLink(to: server.endpoint, roundTrip: rtt)
                },
                sink: try makeSink(in: folder, on: instance), instance: instance, signals: signals, console: console)
            let record = course.run(settingsOfServer: redisSettings)
            return try RunReport(settings: settings, folder: folder, record: record, planned: planned).write()
        } catch {
            throw HarnessError(error)
        }
    }
}

extension Conductor {
    /// The run's queue.
    private static func queueName(of folder: RunFolder) -> String { "fibq:\(folder.runID)" }

    private static func key(of folder: RunFolder) -> String { QueueConfiguration.key(ofQueue: queueName(of: folder)) }

    private func configuration(of folder: RunFolder, at server: RunServer) -> QueueConfiguration {
        var configuration = QueueConfiguration(
            settings.queueProtocol, at: server.endpoint, name: Self.queueName(of: folder))
        configuration.backoff.total = .seconds(15)
        return configuration
    }

    /// The queue, divided as the scenario has it.
    private func open(_ configuration: QueueConfiguration, until stop: StopSignal) throws(QueueError) -> QueueShards {
        let shards = settings.scenario.shards
        if shards > 1 { _ = try ShardRecord(of: configuration, keepTrying: { !stop.isSet }).open(shards) }
        return try QueueShards(of: configuration, keepTrying: { !stop.isSet })
    }

    /// Runs it with parts from other hosts.
    private func gather(
        _ gathering: GatheringSettings, in folder: RunFolder, planned: Int?
    ) throws(HarnessError) -> RunOutcome {
        let server = try RunServer(settings, key: Self.key(of: folder), instance: nil)
        let stop = signals.stop
        do {
            let configuration = configuration(of: folder, at: server)
            let assembly = try Assembly(
                gathering, for: settings, runID: folder.runID, queue: configuration.name, at: server.endpoint,
                console: console)
            let record: RunRecord
            do {
                try assembly.gather(until: stop)
                let queue = try open(configuration, until: stop)
                let redisSettings = try RedisServerSettings(of: queue.connection)
                record = GatheredCourse(
                    settings, gathering, folder: folder, queue: queue, assembly: assembly, signals: signals,
                    console: console
                ).run(settingsOfServer: redisSettings, server: server)
            } catch {
                assembly.dismiss("\(HarnessError(error))")
                throw error
            }
            return try RunReport(settings: settings, folder: folder, record: record, planned: planned).write()
        } catch {
            throw HarnessError(error)
        }
    }

    /// The run's sink, where it has one, not started yet.
    private func makeSink(in folder: RunFolder, on instance: InstanceBox?) throws(HarnessError) -> RunSink? {
        let scenario = settings.scenario
        guard scenario.wantsSink || settings.sink != nil else { return nil }
        guard settings.sink == nil || scenario.sink == SinkConditions() else {
            throw .usage("sink-delay and the like are those of a private sink: leave them out, or leave out --sink")
        }
        return try RunSink(
            given: settings.sink, conditions: scenario.sink, seed: scenario.seed, folder: folder, instance: instance)
    }
}

/// Lines for whoever watches, on standard error.
struct Console {
    let isQuiet: Bool

    /// Says something about the run's progress, unless told to be quiet.
    func say(_ line: String) {
        if !isQuiet { StandardError.write(line + "\n") }
    }
}
