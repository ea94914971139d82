import Foundation
import Glibc
import Measurement
import Messaging
import Processes
import Redis
import ReliableQueue
import Workload

/// The course of one run, from the first process to the last: it starts and stops processes, watches them and the
/// queue, and decides when it is over. It measures nothing itself.
final class RunCourse {
    private static let tick = Duration.milliseconds(20)
    private static let grace = Duration.seconds(20)
    private static let readyLimit = Duration.seconds(30)

    private let settings: RunSettings
    private let folder: RunFolder
    private let server: RunServer
    private let queue: QueueShards
    private let queueName: String
    private let signals: TerminationSignals
    private let console: Console
    private let fleet: WorkerFleet
    /// The way to Redis, where that is to take longer than it does; `nil` for the direct one.
    private let link: RunLink?
    /// Where messages go; `nil` for a run without any.
    private let sink: RunSink?
    /// The small machine that parts of the run are on; `nil` for a run without one.
    private let instance: InstanceBox?
    private let sampler = RunSampler()
    private let tail: JournalTail
    private let trafficAtStart: RedisTraffic
    private let infoAtStart: RedisServerInfo
    private let progress: RunProgress
    private let generators: GeneratorFleet
    private let injector: FaultInjector?
    private var drain = QueueDrain()

    init(
        settings: RunSettings, folder: RunFolder, server: RunServer, queue: QueueShards, queueName: String,
        link: RunLink?, sink: RunSink?, instance: InstanceBox?, signals: TerminationSignals, console: Console
    ) {
        self.settings = settings
        self.folder = folder
        self.server = server
        self.queue = queue
        self.queueName = queueName
        self.link = link
        self.sink = sink
        self.instance = instance
        self.signals = signals
        self.console = console
        let fleet = WorkerFleet(restarts: settings.restartsWorkers, instance: instance)
        let generators = GeneratorFleet(
            settings.scenario, folder: folder,
            queueArguments: ["--queue", queueName, "--protocol", settings.queueProtocol.rawValue],
            replicas: settings.durability.replicas,
            isReplaced: [.killProducer, .any].contains(settings.scenario.fault?.kind), instance: instance)
        (self.fleet, self.generators) = (fleet, generators)
        injector = settings.scenario.fault.map { fault in
            FaultInjector(
                fault, settings: settings, folder: folder, server: server,
                queue: QueueConfiguration(settings.queueProtocol, at: server.endpoint, name: queueName), fleet: fleet,
                generator: generators.first)
        }
        tail = JournalTail(folder: folder)
        trafficAtStart = queue.traffic
        infoAtStart = .together(queue.servers)
        progress = RunProgress(isQuiet: settings.isQuiet, total: settings.scenario.tasks)
    }

    /// Runs to the end, whatever happens, and returns what was seen.
    func run(settingsOfServer: RedisServerSettings) -> RunRecord {
        var record = RunRecord(
            server: queue.connection.server, serverSettings: settingsOfServer, transport: server.transport,
            topology: server.topology, infoAtStart: infoAtStart)
        do {
            // Children read the address from the environment: a password has no place on a command line.
            unsafe setenv("FIBQ_REDIS_URL", server.endpoint.url, 1)
            try loadAndDrain()
        } catch {
            record.failure = HarnessError(error)
            instance?.endLoad(processesOnInstance())
        }
        progress.interrupt()
        do { try injector?.finish() } catch { record.failure = record.failure ?? HarnessError(error) }
        stopProcesses()
        close(&record)
        return record
    }

    // MARK: The course

    private func loadAndDrain() throws {
        try startLink()
        try startSink()
        if !settings.isBacklog {
            try startWorkers()
            try awaitWorkers()
            instance?.begin(processesOnInstance())
            try startGenerators()
            progress.end = settings.scenario.duration.map { MonotonicClock.nanoseconds() + UInt64($0.seconds * 1e9) }
            try watch(until: generators.areDone)
        } else {
            try startGenerators()
            try watch(until: generators.areDone)
            instance?.begin(processesOnInstance())
            try startWorkers()
        }
        progress.total = try progress.total ?? generators.sentSoFar()
        let deadline = DrainDeadline(settings)
        try watch {
            try deadline.hasPassed(self.tail.firstClaim)
                || self.drain.isOver(of: self.queue, stillSince: self.progress.stillSince)
        }
        instance?.endLoad(processesOnInstance())
        try sampler.sampleNow(queue, fleet, instance)
    }

    /// Looks after everything, until `isOver` or a signal.
    private func watch(until isOver: () throws -> Bool) throws {
        while !signals.stop.wait(upTo: Self.tick) {
            try lookAfterChildren()
            if let injector { for line in try injector.tick() { say(line) } }
            try tail.follow(living: Set(fleet.living.map(\.name)))
            instance?.countIfDue(processesOnInstance)
            if try sampler.sampleIfDue(queue, fleet, instance, processes) {
                // For onlookers. What can't be said now is said a second later.
                try? instance?.liveCredits?.write(into: folder.path)
            }
            progress.show(tail, backlog: sampler.samples.last?.backlog ?? 0)
            if try isOver() { return }
        }
    }

    /// The processes that live, with this one.
    private func processes() -> [RunningProcess] {
        var processes = fleet.living.map {
            RunningProcess(role: $0.isWorker ? "worker" : "monitor", name: $0.name, processID: $0.process.processID)
        }
        processes += generators.members.compactMap { generator in
            generator.processID.map { RunningProcess(role: "load", name: generator.name, processID: $0) }
        }
        if let id = link?.processID { processes.append(RunningProcess(role: "link", name: "link", processID: id)) }
        if let sink, let id = sink.processID {
            processes.append(RunningProcess(role: "sink", name: sink.name, processID: id))
        }
        if let id = redisProcessID {
            processes.append(RunningProcess(role: "redis", name: "redis", processID: id))
        }
        return processes + [RunningProcess(role: "conductor", name: "conductor", processID: getpid())]
    }

    /// The private server that has the queue, as far as this process has heard.
    private var redisProcessID: Int32? { server.processID(at: queue.connection.place) }

    /// The processes that are on the instance.
    private func processesOnInstance() -> [Int32] {
        let roles = instance?.roles ?? []
        let redis = roles.contains(.redis) ? redisProcessID : nil
        let members = fleet.living.filter { roles.contains($0.isWorker ? .workers : .monitors) }.map(
            \.process.processID)
        let load = roles.contains(.load) ? generators.members.compactMap(\.processID) : []
        let sink = roles.contains(.sink) ? sink?.processID : nil
        return members + load + [redis, sink].compactMap(\.self)
    }

    private func lookAfterChildren() throws {
        for event in try fleet.poll(progress: tail.finished) {
            switch event {
            case .left(let name, let status, let isRestarted):
                say("\(name) was ended by \(status)" + (isRestarted ? "; started again" : ""))
            case .failed(let name, let status):
                throw HarnessError.run("\(name) ended with \(status)")
            case .keepsDying(let name):
                throw HarnessError.run("\(name) dies again and again, and no task gets done")
            }
        }
        try link?.check()
        if let status = try sink?.lookAfter() {
            say("the sink was ended by \(status); started again")
        }
        if fleet.hasLostItsWorkers { throw HarnessError.run("no worker is left") }
    }

    private func say(_ line: String) {
        progress.interrupt()
        console.say(line)
    }

    // MARK: Starting

    private func startLink() throws {
        guard let link, !signals.stop.isSet else { return }
        try link.start()
        try ready("the link to Redis") { link.isReady }
        unsafe setenv("FIBQ_REDIS_URL", link.endpoint.url, 1)
    }

    private func startSink() throws {
        guard let sink, !signals.stop.isSet else { return }
        try sink.start()
        try ready("the sink") { sink.isReady }
    }

    /// Waits until something is ready, and looks after the rest meanwhile.
    private func ready(_ what: String, until isReady: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + Self.readyLimit
        try watch {
            guard ContinuousClock.now < deadline else { throw HarnessError.run("\(what) did not get ready in time") }
            return try isReady()
        }
    }

    private func startWorkers() throws {
        guard !signals.stop.isSet else { return }
        let scenario = settings.scenario
        try fleet.startWorkers(scenario.workers, cores: scenario.cores, cpuLimit: scenario.cpuLimit) { name in
            ["worker", "--name", name, "--journals", folder.path] + queueArguments + [
                "--slots", "\(scenario.slots)", "--claim", "\(scenario.claim)",
                "--lock-depth", "\(scenario.lockDepth)",
                "--lease", scenario.lease.textWithUnit,
            ] + monitorArguments + timeLimitArguments + (scenario.monitorsInWorkers ? [] : ["--no-monitor"])
                + sinkArguments
        }
        if settings.queueProtocol != .pop {
            try fleet.startMonitors(scenario.monitors) { name in
                ["monitor", "--name", name, "--journals", folder.path] + queueArguments + monitorArguments
            }
        }
    }

    private func awaitWorkers() throws {
        // A worker with a sink writes one journal, whatever its slots.
        let journals = settings.scenario.workers * (sink == nil ? settings.scenario.slots : 1)
        try ready("the workers") { folder.files(endingWith: SlotJournals.cyclesSuffix).count >= journals }
    }

    private func startGenerators() throws {
        guard !signals.stop.isSet else { return }
        try generators.start()
    }

    private var queueArguments: [String] {
        ["--queue", queueName, "--protocol", settings.queueProtocol.rawValue]
    }

    private var sinkArguments: [String] {
        guard let sink else { return [] }
        var arguments = ["--sink", "\(sink.address)"]
        if case .tls(let roots, let name) = settings.sinkSecurity {
            arguments += ["--sink-ca", roots] + (name.map { ["--sink-name", $0] } ?? [])
        }
        return arguments + (settings.scenario.cores.map { ["--cores", "\($0)"] } ?? [])
    }

    private var timeLimitArguments: [String] {
        settings.scenario.timeLimit.map { ["--time-limit", $0.textWithUnit] } ?? []
    }

    private var monitorArguments: [String] {
        ["--monitor-interval", settings.scenario.monitorInterval.textWithUnit]
    }

    // MARK: Ending

    private func stopProcesses() {
        generators.stop(grace: Self.grace)
        fleet.stop(grace: Self.grace)
        sink?.stop(grace: Self.grace)
        link?.stop(grace: Self.grace)
    }

    /// Takes the last readings, and lists what is left in the queue; then removes the queue from a server that is not
    /// ours.
    private func close(_ record: inout RunRecord) {
        record.takeLast(of: queue)
        record.ownTraffic = queue.traffic - trafficAtStart
        if !server.isPrivate { record.remove(queue) }
        record.end(sampler, signals)
        record.peakMemoryOfWorkersBytes = sampler.peakMemoryOfWorkersBytes
        record.workerDeaths = fleet.deaths
        record.workerRestarts = fleet.restartCount
        // Marks that can't be read are no reason to lose what was measured.
        record.overTimeLimit = (try? ProcessMarks.count(of: .overdue, in: folder)) ?? 0
        record.workerCPUSeconds = fleet.endedCPUSeconds
        record.sink = sink?.files
        record.sinkCPUSeconds = sink?.cpuSeconds ?? 0
        record.generatorCPUSeconds = generators.cpuSeconds
        record.faults = injector?.events
        instance?.stop()
        LiveCredits.remove(from: folder.path)
        record.instance = instance.map(InstanceRecord.init)
    }
}
