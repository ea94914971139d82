import Measurement
import Messaging
import ReliableQueue
import Redis
import Workload

extension JoinRole {
    /// Does what the role is for.
    ///
    /// - Returns: what went wrong, when something did: what was written down until then is handed in all the same.
    func work(_ call: RunCall, _ herald: Herald, until stop: StopSignal) -> HarnessError? {
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
    func checkAddress() throws(HarnessError) {
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
        let report = try load.run(
            plan, loop: scenario.arrival.loop, from: herald.clock?.local(at: instant), for: scenario.duration,
            until: stop)
        if let notice = report.notice { StandardError.write("\(name): \(notice)\n") }
    }
}
