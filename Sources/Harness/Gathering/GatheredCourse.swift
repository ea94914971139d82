import Foundation
import Glibc
import Measurement
import Redis
import ReliableQueue
import Workload

/// The course of a run whose parts are on other hosts, from their common start to the collecting of what they wrote down. It
/// watches them and the queue, and decides when it is over. It measures nothing itself.
final class GatheredCourse {
    private static let tick = Duration.milliseconds(20)
    private static let grace: UInt64 = 20_000_000_000
    private static let readyLimit = Duration.seconds(30)
    /// How long parts have to hear of the start before it comes.
    private static let notice = Duration.seconds(1)

    private let settings: RunSettings
    private let gathering: GatheringSettings
    private let folder: RunFolder
    private let queue: QueueShards
    private let assembly: Assembly
    private let signals: TerminationSignals
    private let console: Console
    private let sampler = RunSampler()
    private let progress: RunProgress
    private let trafficAtStart: RedisTraffic
    private var drain = QueueDrain()
    /// When the workers began, by the monotonic clock; `nil` before.
    private var workersBegan: UInt64?

    init(
        _ settings: RunSettings, _ gathering: GatheringSettings, folder: RunFolder, queue: QueueShards,
        assembly: Assembly, signals: TerminationSignals, console: Console
    ) {
        (self.settings, self.gathering, self.folder, self.queue) = (settings, gathering, folder, queue)
        (self.assembly, self.signals, self.console) = (assembly, signals, console)
        progress = RunProgress(isQuiet: settings.isQuiet, total: settings.scenario.tasks)
        trafficAtStart = queue.traffic + assembly.traffic
    }

    /// Runs to the end, whatever happens, and returns what was seen.
    func run(settingsOfServer: RedisServerSettings, server: RunServer) -> RunRecord {
        var record = RunRecord(
            server: queue.connection.server, serverSettings: settingsOfServer, transport: server.transport,
            topology: server.topology, infoAtStart: .together(queue.servers))
        do {
            try loadAndDrain()
        } catch {
            record.failure = HarnessError(error)
        }
        progress.interrupt()
        do throws(HarnessError) { try stopParts() } catch { record.failure = record.failure ?? error }
        close(&record)
        collect(&record)
        return record
    }

    // MARK: The course

    private func loadAndDrain() throws {
        try startSink()
        if settings.isBacklog {
            try begin(.load)
            try watch { self.assembly.cast.isPast(.stopped, .load) }
            try begin(.worker, .monitor)
        } else {
            try begin(.worker, .monitor)
            try awaitWork(of: .worker)
            try begin(.load)
            progress.end = settings.scenario.duration.map { MonotonicClock.nanoseconds() + UInt64($0.seconds * 1e9) }
            try watch { self.assembly.cast.isPast(.stopped, .load) }
        }
        progress.total = progress.total ?? UInt64(tasks(of: .load))
        let deadline = DrainDeadline(settings)
        try watch {
            try deadline.hasPassed(self.workersBegan)
                || self.drain.isOver(of: self.queue, stillSince: self.progress.stillSince)
        }
        try sampler.sampleNow(queue, assembly.cast)
    }

    /// Looks after everything, until `isOver` or a signal.
    private func watch(until isOver: () throws -> Bool) throws {
        while !signals.stop.wait(upTo: Self.tick) {
            try attend()
            _ = try sampler.sampleIfDue(queue, assembly.cast)
            progress.show(finished: tasks(of: .worker), backlog: sampler.samples.last?.backlog ?? 0)
            if try isOver() { return }
        }
    }

    private func attend() throws(HarnessError) {
        let events = try assembly.attend()
        for event in events {
            progress.interrupt()
            assembly.say(event)
        }
        for case .failed(let name, let problem) in events { throw .run("\(name): \(problem)") }
        if workersBegan != nil, assembly.cast.isPast(.stopped, .worker) { throw .run("no worker is left") }
    }

    private func tasks(of role: PartRole) -> Int { assembly.cast.members(of: role).reduce(0) { $0 + $1.card.tasks } }

    // MARK: Starting

    private func begin(_ roles: PartRole...) throws(HarnessError) {
        guard !signals.stop.isSet else { return }
        let instant = try assembly.instant(in: Self.notice)
        for role in roles { try assembly.order(.start(at: instant), role) }
        if roles.contains(.worker) {
            workersBegan = MonotonicClock.nanoseconds() + UInt64(Self.notice / .nanoseconds(1))
        }
    }

    private func startSink() throws {
        guard !assembly.cast.members(of: .sink).isEmpty else { return }
        try begin(.sink)
        try awaitWork(of: .sink)
        guard !signals.stop.isSet else { return }
        guard let address = assembly.cast.members(of: .sink).first?.card.address else {
            throw HarnessError.run("the sink vanished before it listened")
        }
        assembly.announce(sink: address)
    }

    private func awaitWork(of role: PartRole) throws {
        let deadline = ContinuousClock.now + Self.readyLimit
        try watch {
            let cast = self.assembly.cast
            guard ContinuousClock.now < deadline else {
                let late = cast.members(of: role).filter { !$0.isPast(.working) }.map(\.name)
                throw HarnessError.run("\(late.joined(separator: ", ")) did not get ready in time")
            }
            return cast.isPast(.working, role)
        }
    }

    // MARK: Ending

    private func stopParts() throws(HarnessError) {
        try assembly.order(.stop, .load, .worker, .monitor)
        try awaitEnd(of: .load, .worker, .monitor)
        try assembly.order(.stop, .sink)
        try awaitEnd(of: .sink)
    }

    private func awaitEnd(of roles: PartRole...) throws(HarnessError) {
        let deadline = MonotonicClock.nanoseconds() + Self.grace
        while MonotonicClock.nanoseconds() < deadline {
            for event in try assembly.attend() { assembly.say(event) }
            if roles.allSatisfy({ assembly.cast.isPast(.stopped, $0) }) { return }
            usleep(20_000)
        }
    }

    /// Takes the last readings, and lists what is left in the queue; then removes the queue.
    private func close(_ record: inout RunRecord) {
        record.takeLast(of: queue)
        record.ownTraffic = queue.traffic + assembly.traffic - trafficAtStart
        record.remove(queue)
        record.end(sampler, signals)
        let workers = assembly.cast.members(of: .worker)
        record.workerDeaths = workers.count(where: \.isVanished)
        record.peakMemoryOfWorkersBytes = workers.reduce(0) { $0 + $1.card.use.peakMemoryBytes }
        record.workerCPUSeconds = cpuSeconds(of: .worker)
        record.generatorCPUSeconds = cpuSeconds(of: .load)
        record.sinkCPUSeconds = cpuSeconds(of: .sink)
    }

    private func cpuSeconds(of role: PartRole) -> Double {
        assembly.cast.members(of: role).reduce(0) { $0 + $1.card.use.cpuSeconds }
    }

    // MARK: Collecting

    /// Collects what the parts wrote down, brings it to this host's clock, and lets the parts go. What is missing then is known to
    /// be: nothing is said of lost tasks without it.
    private func collect(_ record: inout RunRecord) {
        let collection = PartCollection(of: assembly, into: folder, console: console)
        do throws(HarnessError) {
            try assembly.measureClock()
            try assembly.order(.handIn, .sink, .worker, .monitor, .load)
            if let shared = gathering.journals {
                try collection.collect(from: shared)
            } else {
                try collection.collectOverRedis()
            }
        } catch {
            record.failure = record.failure ?? error
        }
        let gathered = gathered(collection.collected)
        for part in gathered.parts where !part.isCollected { collection.remove(part.name, part.card.role) }
        if !gathered.missing.isEmpty {
            let names = gathered.missing.joined(separator: ", ")
            record.failure = record.failure ?? .run("the journals of \(names) are missing: what was lost can't be told")
            record.leftovers = nil
        }
        do throws(JournalError) { try align(gathered) } catch { record.failure = record.failure ?? .journal(error) }
        if gathered.parts.contains(where: { $0.card.role == .sink && $0.isCollected }) {
            record.sink = SinkFiles(in: folder)
        }
        // Marks that can't be read are no reason to lose what was measured.
        record.overTimeLimit = (try? ProcessMarks.count(of: .overdue, in: folder)) ?? 0
        record.gathered = gathered
        assembly.announce(collected: collection.collected)
        assembly.dismiss(nil)
    }

    private func gathered(_ collected: Set<String>) -> GatheredRecord {
        let (clock, own) = (assembly.clock, ClockIdentity.current())
        let parts = assembly.cast.all.map { member in
            let alignment = ClockAlignment(of: member.card, to: clock, own)
            return GatheredRecord.Part(
                name: member.name, card: member.card, alignment: alignment,
                isCollected: collected.contains(member.name) && alignment != nil)
        }
        return GatheredRecord(clock: clock, parts: parts)
    }

    private func align(_ gathered: GatheredRecord) throws(JournalError) {
        let clocks = gathered.parts.reduce(into: [String: ClockAlignment]()) { clocks, part in
            if part.isCollected, let alignment = part.alignment { clocks[part.name] = alignment }
        }
        try JournalAlignment(of: folder, by: clocks).apply()
    }
}
