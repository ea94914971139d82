import Foundation
import Glibc
import Measurement
import Messaging
package import Redis
import ReliableQueue
import Workload

/// A worker, generator, monitor or sink that joins a run, on whatever host: it takes the scenario from the run, begins and ends
/// when the run says so, and hands in what it wrote down.
package struct JoinRole: Sendable {
    private static let period: UInt32 = 20_000

    /// The run's name.
    package var run: String
    /// What it joins as.
    package var role: PartRole
    /// The server at which the run is gathered, and which has its queue.
    package var endpoint: RedisEndpoint
    /// Its name: unique in the run.
    package var name: String
    /// The folder for its journals; it must exist.
    package var folder: String
    /// How long to wait for a run that was not announced yet.
    package var patience = Duration.seconds(60)
    /// Where a sink listens.
    package var address: String?

    /// A part of that role of that run.
    package init(run: String, role: PartRole, endpoint: RedisEndpoint, name: String, folder: String) {
        self.run = run
        self.role = role
        self.endpoint = endpoint
        self.name = name
        self.folder = folder
    }

    /// Joins, works, and hands in.
    ///
    /// A signal ends the work, and the part waits for the end of the run to hand in; a second one ends it at once.
    ///
    /// - Throws: ``HarnessError``: the run is unknown, has begun, has enough parts of this role or one of this name, is of
    ///   another version, or was called off; what the role itself throws; and when the journals can't be handed in, where they are.
    package func run(until signals: TerminationSignals) throws(HarnessError) {
        try MeetingPlace.check(name, "part of a run")
        if role == .sink { try checkAddress() }
        let stop = signals.stop
        let place = try MeetingPlace(of: run, at: endpoint)
        try awaitRun(at: place, until: stop)
        guard try PartFile.all(of: name, in: folder).isEmpty else {
            throw .usage("the folder \(folder) holds files of \(name) already: say another --name or --journals")
        }
        let card = PartCard(role: role, nonce: .random(in: 1 ... .max), origin: try .current())
        guard try place.take(name, card) else {
            throw .usage("the run \(run) has a part \(name) already: say another --name")
        }
        let progress = PartProgress(of: name, in: folder)
        let herald = Herald(
            for: name, of: run, card,
            connecting: { [run, endpoint] () throws(HarnessError) in try MeetingPlace(of: run, at: endpoint) },
            stop: stop, look: progress.look)
        defer { herald.end() }
        guard let call = try begin(at: place, herald, until: stop) else { return }
        let problem = work(call, herald, until: stop)
        try handIn(at: place, herald, problem)
        if let problem { throw problem }
    }

    // MARK: Before

    private func awaitRun(at place: MeetingPlace, until stop: StopSignal) throws(HarnessError) {
        let deadline = ContinuousClock.now + patience
        var isSaid = false
        while !stop.isSet {
            if let call = try place.call() {
                guard call.order(for: role) == .wait else {
                    throw .usage("the run \(run) has begun: it takes no more parts")
                }
                return
            }
            guard ContinuousClock.now < deadline else {
                throw .unanswered(
                    "no run \(run) is gathered at \(endpoint): start fibq run … --gather \(run) there, or say another --join"
                )
            }
            if !isSaid { StandardError.write("fibq: \(name) waits for the run \(run) at \(endpoint)\n") }
            isSaid = true
            usleep(Self.period * 5)
        }
    }

    /// Waits for the run to begin; a part that does not come to that takes its name back.
    private func begin(
        at place: MeetingPlace, _ herald: Herald, until stop: StopSignal
    ) throws(HarnessError) -> RunCall? {
        let call: RunCall?
        do throws(HarnessError) {
            call = try prepare(herald, until: stop)
        } catch {
            try leave(place, herald)
            throw error
        }
        if call == nil { try leave(place, herald) }
        return call
    }

    /// Takes the name back, once nobody says anything under it any more.
    private func leave(_ place: MeetingPlace, _ herald: Herald) throws(HarnessError) {
        herald.end()
        try place.withdraw(name)
    }

    /// Waits until the run has taken this part and begins.
    ///
    /// - Returns: the call to begin; `nil` when it was told to stop before.
    private func prepare(_ herald: Herald, until stop: StopSignal) throws(HarnessError) -> RunCall? {
        try herald.measureClock()
        var isReady = false
        while true {
            if let call = try herald.call() {
                if let reason = call.refusals[name] { throw .usage(reason) }
                if !isReady, call.seats[name] != nil {
                    _ = try scenario(of: call)
                    herald.say { $0.stage = .ready }
                    isReady = true
                }
                switch call.order(for: role) {
                case .wait: break
                case .start(let instant):
                    guard isReady else { throw .usage("the run \(run) has begun: it takes no more parts") }
                    if role != .load { sleep(until: instant, herald, stop) }
                    return call
                case .leave(let reason?): throw .unanswered("the run \(run) was called off: \(reason)")
                case .stop, .handIn, .leave: return isReady ? call : nil
                }
            }
            if stop.isSet { return nil }
            usleep(Self.period)
        }
    }

    private func sleep(until instant: Int64, _ herald: Herald, _ stop: StopSignal) {
        guard let local = herald.clock?.local(at: instant) else { return }
        while !stop.isSet, case let now = MonotonicClock.nanoseconds(), now < local {
            MonotonicClock.sleep(until: min(local, now + 50_000_000))
        }
    }

    // MARK: The work

    /// Does what the role is for.
    ///
    /// - Returns: what went wrong, when something did: what was written down until then is handed in all the same.
    private func work(_ call: RunCall, _ herald: Herald, until stop: StopSignal) -> HarnessError? {
        do throws(HarnessError) {
            let scenario = try scenario(of: call)
            guard let known = QueueProtocol(rawValue: scenario.queueProtocol) else {
                throw .usage("the run \(run) is of another version of fibq: use the same one on all hosts")
            }
            let queue = QueueAddress(endpoint: endpoint, name: call.queue, queueProtocol: known)
            switch role {
            case .worker:
                let worker = try workerRole(scenario, queue, call)
                // One with a sink writes one journal, whatever its slots.
                herald.say { $0.journals = worker.sink == nil ? worker.slots : 1 }
                try worker.run(until: stop)
            case .monitor:
                herald.say { $0.stage = .working }
                try MonitorRole(queue: queue, interval: scenario.monitorInterval).run(until: stop) { _ in }
            case .sink:
                try sinkRole(scenario).run(until: stop) { address, _ in
                    herald.say { ($0.stage, $0.address) = (.working, address) }
                }
            case .load: try send(scenario, queue, call, herald, until: stop)
            }
            return nil
        } catch {
            return error
        }
    }

    private func workerRole(
        _ scenario: Scenario, _ queue: QueueAddress, _ call: RunCall
    ) throws(HarnessError) -> WorkerRole {
        var worker = WorkerRole(queue: queue, folder: folder, name: name)
        worker.slots = scenario.slots
        worker.claim = scenario.claim
        worker.lockDepth = scenario.lockDepth
        worker.lease = scenario.lease
        worker.monitorInterval = scenario.monitorsInWorkers ? scenario.monitorInterval : nil
        worker.timeLimit = scenario.timeLimit
        do throws(MessagingError) {
            worker.sink = try call.sink.map { text throws(MessagingError) in (try SinkAddress(text), .plaintext) }
        } catch {
            throw .messaging(error)
        }
        return worker
    }

    /// Workers are told the address as it is.
    private func checkAddress() throws(HarnessError) {
        do throws(MessagingError) {
            guard case .tcp(let host, _) = try SinkAddress(address ?? ""), ["0.0.0.0", "::"].contains(host) else {
                return
            }
        } catch {
            throw .messaging(error)
        }
        throw .usage("workers on other hosts can't reach \(address ?? ""): give --address the address of an interface")
    }

    private func sinkRole(_ scenario: Scenario) throws(HarnessError) -> SinkRole {
        var sink = SinkRole(address: address ?? "", ledger: "\(folder)/\(name).ledger")
        sink.journal = "\(folder)/\(name)\(SinkFiles.journalSuffix)"
        sink.conditions = scenario.sink
        sink.seed = scenario.seed
        return sink
    }

    private func send(
        _ scenario: Scenario, _ queue: QueueAddress, _ call: RunCall, _ herald: Herald, until stop: StopSignal
    ) throws(HarnessError) {
        var load = LoadRole(queue: queue, folder: folder, name: name)
        load.replicas = Durability(scenario.durability)?.replicas ?? 0
        load.payloadBytes = scenario.payload ?? 0
        load.producerKeeps = scenario.producerKeeps
        let part = GeneratorPart(call.seats[name] ?? 1, of: scenario.generators)
        let plan = try scenario.plan(part)
        herald.say { $0.stage = .working }
        guard case .start(let instant) = call.order(for: .load) else { return }
        _ = try load.run(
            plan, loop: scenario.arrival.loop, from: herald.clock?.local(at: instant), for: scenario.duration,
            until: stop)
    }

    /// The run's scenario.
    private func scenario(of call: RunCall) throws(HarnessError) -> Scenario {
        do throws(ScenarioError) {
            return try ScenarioFile(yaml: call.scenario, name: "of the run \(run)", vocabulary: RunSettings.vocabulary)
                .scenario
        } catch {
            throw .scenario(error)
        }
    }

    // MARK: After

    /// Waits for the end of the run, and gives the journals away.
    private func handIn(at place: MeetingPlace, _ herald: Herald, _ problem: HarnessError?) throws(HarnessError) {
        let files = try PartFile.all(of: name, in: folder)
        do throws(HarnessError) {
            herald.say { $0.problem = problem.map { "\($0)" } }
            try herald.measureClock()
            herald.say { ($0.stage, $0.files) = (.stopped, files) }
            let call = try awaitOrder(herald) { $0 == .handIn }
            if call.handsInOverRedis { try lay(FilePieces(of: files), at: place, herald) }
            herald.say { $0.stage = .handedIn }
            _ = try awaitOrder(herald) { if case .leave = $0 { true } else { false } }
            try leave(place, herald)
            guard call.handsInOverRedis else { return }
            for file in files { unsafe unlink("\(folder)/\(file.name)") }
        } catch {
            let kept = files.isEmpty ? "" : "; its journals are kept in \(folder)"
            // The first of what went wrong is what there is to know.
            throw .unanswered("\(problem ?? error)\(kept)")
        }
    }

    private func awaitOrder(_ herald: Herald, _ isAwaited: (RunCall.Order) -> Bool) throws(HarnessError) -> RunCall {
        while true {
            if let call = try herald.call(), case let order = call.order(for: role) {
                if isAwaited(order) { return call }
                if case .leave(let reason) = order {
                    throw .unanswered("the run \(run) ended without this part\(reason.map { ": \($0)" } ?? "")")
                }
            }
            usleep(Self.period)
        }
    }

    /// Lays the pieces of the files down, no more at a time than may lie there.
    private func lay(_ pieces: FilePieces, at place: MeetingPlace, _ herald: Herald) throws(HarnessError) {
        var (next, taken) = (0, 0)
        while taken < pieces.count {
            while next < min(pieces.count, taken + FilePieces.window) {
                let piece = pieces[next]
                let path = "\(folder)/\(pieces.files[piece.file].name)"
                let bytes: [UInt8]
                do throws(SystemCallFailure) {
                    bytes = try FileDescriptor(opening: path, flags: O_RDONLY).bytes(
                        at: piece.offset, limit: piece.bytes)
                } catch {
                    throw .file(path: path, reason: error.reason)
                }
                try place.lay(bytes, number: next, of: name)
                next += 1
            }
            let before = taken
            taken = max(taken, try place.taken(of: name))
            if taken == before {
                // It throws when there is nobody left to take them.
                _ = try herald.call()
                usleep(1_000)
            }
        }
        try place.forgetCount(of: name)
    }
}
