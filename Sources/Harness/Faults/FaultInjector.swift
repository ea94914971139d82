import Glibc
import Measurement
import Processes
import Redis
import ReliableQueue
import Workload

/// Injects a run's faults, one after the other, and keeps a record of each.
///
/// At any moment it is this process that kills, stops or cuts. At a boundary the process hits itself: it is started with a
/// probe, and leaves a mark. The process that is started in its stead, or in the stead of one that was stopped, has the
/// probe of the next boundary. One that does not come to its boundary within the scenario's patience is asked to make room.
/// It belongs to the main thread.
final class FaultInjector {
    private enum Phase {
        /// Nothing is to be done before this time.
        case resting(until: UInt64)
        /// The next process that is started in the seat gets a probe.
        case waiting
        /// A process has a probe.
        case armed(Probe)
        /// The process with this probe was asked to make room for the next one. It still finishes what it has in hand, and
        /// may come to its point after all.
        case replacing(Probe)
        /// Redis is being struck.
        case striking(ServerStrike)
        /// A fault lasts.
        case lasting(until: UInt64, end: () throws -> Void)
        /// There are no more.
        case over

        /// The probe of a process that may come to its point.
        var probe: Probe? {
            switch self {
            case .armed(let probe), .replacing(let probe): probe
            case .resting, .waiting, .striking, .lasting, .over: nil
            }
        }
    }

    private struct Probe {
        let seat: String
        let name: String
        let stop: FaultCourse.Stop
        let since: UInt64
    }

    /// The seat of the producer; the others are those of the fleet.
    private static let producerSeat = "load"

    private let fault: Fault
    private let settings: RunSettings
    private let folder: RunFolder
    private let server: FaultyServer
    private let fleet: WorkerFleet
    private let generator: GeneratorProcess
    private var course: FaultCourse?
    private var random: RandomSource
    private var phase: Phase
    private var news: [String] = []
    /// What was injected so far.
    private(set) var events: [FaultEvent] = []

    init(
        _ fault: Fault, settings: RunSettings, folder: RunFolder, server: RunServer, queue: QueueConfiguration,
        fleet: WorkerFleet, generator: GeneratorProcess
    ) {
        self.fault = fault
        self.settings = settings
        self.folder = folder
        self.server = FaultyServer(server, of: queue)
        self.fleet = fleet
        self.generator = generator
        course = FaultCourse(fault, settings.queueProtocol, concurrently: settings.runsConcurrently)
        var seeds = SplitMix64(seed: settings.scenario.seed ^ 0xFA17)
        random = RandomSource(seeds: &seeds)
        phase = course == nil ? .resting(until: .max) : .waiting
        fleet.probe = { [unowned self] seat, name in arm(seat, name) }
        generator.probe = { [unowned self] name in arm(Self.producerSeat, name) }
    }

    /// Looks whether it is time to do something; returns what is worth saying.
    func tick() throws -> [String] {
        defer { news = [] }
        let now = MonotonicClock.nanoseconds()
        switch phase {
        case .resting(.max): if isUnderLoad { rest(from: now) }
        case .resting(let until): if now >= until { try begin() }
        case .armed(let probe): if try !noteHit(by: probe), now > probe.since + patience { giveUp(probe) }
        case .replacing(let probe): _ = try noteHit(by: probe)
        case .striking(let strike):
            if let outage = try strike.outage {
                strike.join()
                record(strike, outage)
                rest(from: MonotonicClock.nanoseconds())
            }
        case .lasting(let until, let end): if now >= until { try end() }
        case .waiting, .over: break
        }
        return news
    }

    /// Lets everything go on that a fault holds up, at the end of the run.
    ///
    /// - Throws: what kept servers from being at work again.
    func finish() throws {
        // What can't be read or mended of a process is ended by force afterwards.
        if let probe = phase.probe { _ = try? noteHit(by: probe) }
        if case .lasting(_, let end) = phase { try? end() }
        var strike: ServerStrike?
        if case .striking(let current) = phase { strike = current }
        phase = .over
        for process in fleet.living { process.process.send(signal: SIGCONT) }
        generator.send(signal: SIGCONT)
        guard let strike else { return }
        strike.join()
        if let outage = try strike.outage { record(strike, outage) }
    }

    /// True once there is something to disturb.
    private var isUnderLoad: Bool { !folder.files(endingWith: SlotJournals.attemptsSuffix).isEmpty }

    // MARK: One after the other

    private func record(_ event: FaultEvent) {
        events.append(event)
        let place = event.boundary.isEmpty ? "" : " at \(event.boundary)"
        news.append(
            "fault \(events.count) of \(settings.scenario.faults): \(event.kind.rawValue), \(event.target)\(place)")
    }

    /// Leaves the run alone for a while, or for good.
    private func rest(from now: UInt64) {
        guard events.count < settings.scenario.faults else {
            phase = .over
            return
        }
        if course != nil {
            phase = .waiting
            return
        }
        let pause = settings.scenario.faultPause.seconds * (0.5 + random.unit())
        phase = .resting(until: now + settle + UInt64(pause * 1e9))
    }

    /// How long what a fault left behind may lie there.
    private var settle: UInt64 {
        UInt64((settings.scenario.lease + settings.scenario.monitorInterval * 2).seconds * 1e9)
    }

    /// How long a fault lasts that does not end at once.
    private var length: UInt64 { UInt64(settings.scenario.lease.seconds * 2e9) }

    private func last(from now: UInt64, _ event: FaultEvent, end: @escaping () throws -> Void) {
        record(event)
        let index = events.count - 1
        phase = .lasting(until: now + length) { [unowned self] in
            try end()
            let now = MonotonicClock.nanoseconds()
            events[index].ended = now
            rest(from: now)
        }
    }

    // MARK: At a boundary

    /// The probe of a process that is about to be started; `nil` for none.
    private func arm(_ seat: String, _ name: String) -> String? {
        guard seat == armedSeat else { return nil }
        if let probe = phase.probe { noteEnd(of: probe) }
        guard events.count < settings.scenario.faults, let course else {
            phase = .over
            return nil
        }
        let stop = course.next
        phase = .armed(Probe(seat: seat, name: name, stop: stop, since: MonotonicClock.nanoseconds()))
        let action: ProcessFault.Action = fault.kind.isPause ? .pause : .kill
        let count = course.isRetry ? 1 : 1 + Int(random.below(stop.mostPasses))
        return ProcessFault.text(action, stop.part, stop.boundary, count: count)
    }

    /// Its process has ended: it was hit, or did not come to its point.
    private func noteEnd(of probe: Probe) {
        guard let isMarked = try? noteMark(of: probe), !isMarked else { return }
        if case .armed = phase { news.append("\(probe.name) ended before it came to \(probe.stop)") }
        let leftOut = course?.miss() ?? []
        guard !leftOut.isEmpty else { return }
        news.append("left out from now on: \(leftOut.map(\.description).joined(separator: ", "))")
    }

    /// The seat whose processes have probes.
    private var armedSeat: String? {
        guard course != nil else { return nil }
        switch fault.kind.target {
        case .producer: return Self.producerSeat
        case .monitor: return settings.scenario.monitors > 0 ? "monitor-1" : "worker-1"
        case .worker, .redis: return "worker-1"
        }
    }

    /// How long a process may take to come to its point.
    private var patience: UInt64 { UInt64(settings.scenario.faultPatience.seconds * 1e9) }

    /// Makes room for a process with the next probe. There is nobody to take the place of a producer that has not ended.
    private func giveUp(_ probe: Probe) {
        guard probe.seat != Self.producerSeat else { return }
        news.append("\(probe.name) did not come to \(probe.stop)")
        phase = .replacing(probe)
        fleet.replace(probe.seat)
    }

    /// Looks whether a process has come to its point, and goes on from there; false while it has not.
    private func noteHit(by probe: Probe) throws -> Bool {
        guard try noteMark(of: probe) else { return false }
        if fault.kind.isPause {
            let index = events.count - 1
            phase = .lasting(until: events[index].began + length) { [unowned self] in resume(probe, index) }
        } else {
            rest(from: MonotonicClock.nanoseconds())
        }
        return true
    }

    /// Records the fault whose mark is there; false while there is none.
    private func noteMark(of probe: Probe) throws -> Bool {
        guard let time = try ProcessMarks(.fault, folder: folder.path, process: probe.name).first() else {
            return false
        }
        guard !events.contains(where: { $0.target == probe.name }) else { return true }
        record(FaultEvent(fault.kind, boundary: "\(probe.stop)", target: probe.name, began: time))
        course?.hit()
        return true
    }

    /// Lets a process go on that has stopped itself, until another takes its place.
    private func resume(_ probe: Probe, _ index: Int) {
        let now = MonotonicClock.nanoseconds()
        events[index].ended = now
        if probe.seat == Self.producerSeat {
            generator.send(signal: SIGCONT)
            phase = .over
        } else {
            fleet.living.first { $0.seat == probe.seat }?.process.send(signal: SIGCONT)
            rest(from: now)
            if case .waiting = phase { fleet.replace(probe.seat) }
        }
    }

    // MARK: At any moment

    private func begin() throws {
        let now = MonotonicClock.nanoseconds()
        let kind = kindOfNext()
        if kind.target == .producer, !generator.isRunning { return rest(from: now) }
        switch kind {
        case .any: break
        case .killWorker, .killMonitor: killOne(kind, now)
        case .killProducer:
            generator.send(signal: SIGKILL)
            record(FaultEvent(kind, target: generator.name, began: now))
            rest(from: now)
        case .pauseWorker, .pauseMonitor, .pauseMonitors: pauseSome(kind, now)
        case .pauseProducer:
            generator.send(signal: SIGSTOP)
            last(from: now, FaultEvent(kind, target: generator.name, began: now)) { [generator] in
                generator.send(signal: SIGCONT)
            }
        case .cutConnections, .killRedis, .failOver, .rollingRestart, .moveSlot, .changeShards, .partitionMaster,
            .powerCut:
            phase = .striking(server.strike(kind))
        case .hangRedis, .slowRedis, .fullMemory, .fullDisk:
            try server.begin(kind, for: settings.scenario.lease * 2)
            last(from: now, FaultEvent(kind, target: "redis", began: now)) { [server] in
                try server.end(kind)
            }
        }
    }

    private func record(_ strike: ServerStrike, _ outage: Outage) {
        var event = FaultEvent(strike.kind, target: "redis", began: outage.began, ended: outage.ended)
        event.lostBytes = outage.lostBytes
        record(event)
    }

    /// The kind of the next fault: one of all where any will do.
    private func kindOfNext() -> FaultKind {
        guard fault.kind == .any else { return fault.kind }
        let kinds = FaultKind.anyOf(settings.scenario, hasProducer: generator.isRunning)
        return kinds[Int(random.below(UInt64(kinds.count)))]
    }

    private func victims(of kind: FaultKind) -> [(seat: String, name: String, isWorker: Bool, process: ChildProcess)] {
        fleet.living.filter { $0.isWorker == (kind.target == .worker) }
    }

    private func killOne(_ kind: FaultKind, _ now: UInt64) {
        let victims = victims(of: kind)
        guard !victims.isEmpty else { return rest(from: now) }
        let victim = victims[Int(random.below(UInt64(victims.count)))]
        victim.process.send(signal: SIGKILL)
        record(FaultEvent(kind, target: victim.name, began: now))
        rest(from: now)
    }

    private func pauseSome(_ kind: FaultKind, _ now: UInt64) {
        var chosen = victims(of: kind)
        guard !chosen.isEmpty else { return rest(from: now) }
        if kind != .pauseMonitors { chosen = [chosen[Int(random.below(UInt64(chosen.count)))]] }
        for victim in chosen { victim.process.send(signal: SIGSTOP) }
        let names = chosen.map(\.name).joined(separator: " ")
        last(from: now, FaultEvent(kind, target: names, began: now)) {
            for victim in chosen { victim.process.send(signal: SIGCONT) }
        }
    }
}
