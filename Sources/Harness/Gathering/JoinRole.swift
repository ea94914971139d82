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
        guard try awaitRun(at: place, until: stop) else { return }
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
        try PartDelivery(of: name, as: role, in: run, from: folder).carryOut(at: place, herald, problem)
        if let problem { throw problem }
    }

    // MARK: Before

    /// Waits until the run is announced; false when the part was told to stop before.
    private func awaitRun(at place: MeetingPlace, until stop: StopSignal) throws(HarnessError) -> Bool {
        let deadline = ContinuousClock.now + patience
        var isSaid = false
        while !stop.isSet {
            if let call = try place.call() {
                guard call.order(for: role) == .wait else {
                    throw .usage("the run \(run) has begun: it takes no more parts")
                }
                return true
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
        return false
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

    /// The run's scenario.
    func scenario(of call: RunCall) throws(HarnessError) -> Scenario {
        do throws(ScenarioError) {
            return try ScenarioFile(yaml: call.scenario, name: "of the run \(run)", vocabulary: RunSettings.vocabulary)
                .scenario
        } catch {
            throw .scenario(error)
        }
    }
}
