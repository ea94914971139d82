import Glibc
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Workers: slots, stopping, failures, lost connections.
@Suite struct QueueWorkerTests {
    /// Every task of these batches.
    private func all(_ batches: UInt32..., count: Int) -> Set<String> {
        Set(batches.flatMap { names($0, 0..<count) })
    }

    @Test(arguments: QueueProtocol.allCases) func runsEverythingOnce(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let first = try test.fill(200, through: queue)
        let worker = RunningWorker(test, slots: 3)
        let second = try test.fill(200, through: queue)
        #expect(try eventually { try worker.record.runs.count == 400 && queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(Set(worker.record.runs.keys) == all(first, second, count: 200))
        // A monitor that looks between a move and its lock makes `lock` run a task twice, without any fault.
        if queueProtocol == .lease || queueProtocol == .pop {
            #expect(worker.record.runs.values.allSatisfy { $0 == 1 })
            #expect(worker.record.acks.keys.allSatisfy { $0 == .acked })
        }
        #expect(try test.places().isEmpty)
    }

    @Test func severalSlotsWorkAtOnce() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(3, through: queue, expected: .seconds(1))
        let shared = Meeting()
        // Each task waits for the two others: one slot alone would never get past the first.
        let worker = RunningWorker(test, slots: 3) { _ in shared.isComplete(of: 3) ? .done : .failed(reason: "alone") }
        #expect(eventually { worker.record.runs.count == 3 })
        #expect(try eventually { try queue.depth() == QueueDepth() })
        worker.end()
        #expect(worker.record.slots == [0, 1, 2])
        #expect(worker.record.failures.isEmpty)
    }

    private final class Meeting: Sendable {
        let present = Atomic(0)
        func isComplete(of count: Int) -> Bool {
            present.add(1, ordering: .sequentiallyConsistent)
            return eventually { present.load(ordering: .sequentiallyConsistent) >= count }
        }
    }

    @Test(arguments: [1, 4]) func stoppingWakesBlockedSlotsPromptly(slots: Int) throws {
        let test = try TestQueue()
        let worker = RunningWorker(test, slots: slots, longestWait: .seconds(14))
        #expect(eventually { worker.record.waits >= slots })
        let began = ContinuousClock.now
        #expect(worker.end() == nil)
        // The wait has fourteen seconds to go: whoever slept it out would be late.
        #expect(ContinuousClock.now - began < .seconds(12))
    }

    @Test func stoppingFinishesWhatWasBegunAndGivesBackTheRest() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let ramp = try test.fill(1 + 4, through: queue)
        #expect(try test.raw.call("LLEN", test.key("pending")).integer() == 5)
        let begun = StopSignal()
        let goOn = StopSignal()
        let worker = RunningWorker(test) { task in
            if task.id.index == 2 {
                begun.set()
                _ = goOn.wait(upTo: .seconds(20))
            }
            return .done
        }
        // Claims grow from one to four: the second holds tasks 1 to 4, and 2 is running.
        #expect(begun.wait(upTo: .seconds(20)))
        worker.stop.set()
        goOn.set()
        #expect(worker.end() == nil)
        #expect(worker.record.runs == ["\(ramp).0": 1, "\(ramp).1": 1, "\(ramp).2": 1])
        #expect(worker.record.settled == [.acked: 2])
        #expect(try test.places() == test.lists(["pending": names(ramp, 3..<5)]))
    }

    @Test func failuresAndRejectionsAreReported() throws {
        let test = try TestQueue { $0.mostFailures = 2 }
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        let worker = RunningWorker(test) { task in
            switch task.id.index {
            case 0: .failed(reason: "always")
            case 1: .rejected(reason: "never")
            default: task.attempt == 2 ? .done : .failed(reason: "once")
            }
        }
        #expect(try eventually { try queue.depth().dead == 2 && queue.depth().backlog + queue.depth().claims == 0 })
        #expect(worker.end() == nil)
        #expect(worker.record.runs == ["\(batch).0": 3, "\(batch).1": 1, "\(batch).2": 2])
        #expect(worker.record.failures.count { $0 == .dead } == 2)
        let state = try test.places()
        #expect(Set(state.keys) == ["dead", "reasons"])
        #expect(state["reasons"] == .hash(["\(batch).0": "always", "\(batch).1": "never"]))
    }

    @Test(arguments: QueueProtocol.allCases) func whatIsNoTaskIsBuriedAndTheWorkerLivesOn(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.push("junk")
        let batch = try test.fill(1, through: queue)
        let worker = RunningWorker(test)
        // By `lock` either may come twice: see above.
        #expect(try eventually { try worker.record.runs["\(batch).0"] != nil && queue.depth().dead >= 1 })
        #expect(worker.end() == nil)
        guard case .list(let dead)? = try test.state()["dead"] else {
            Issue.record("no dead letter")
            return
        }
        #expect(Set(dead) == ["junk"])
        if kind == .lease { #expect(try test.state()["reasons"] == .hash(["unk": "not a task of this queue"])) }
    }

    /// A task that takes longer than its lease keeps it, since the keeper renews it beside.
    @Test func aLongTaskKeepsItsLease() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(1, through: queue)
        let configuration = test.configuration
        let worker = RunningWorker(test, shortestLease: .milliseconds(300), monitorInterval: .milliseconds(10)) { _ in
            // Until its lease was renewed twice: its end moves on.
            guard let outside = try? TestQueue(viewing: configuration) else { return .failed(reason: "no server") }
            var ends: Set<String> = []
            let isRenewed = eventually {
                if let end = try? outside.raw.call("ZRANGE", outside.key("leases"), "0", "0", "WITHSCORES").text(at: 1)
                {
                    ends.insert(end)
                }
                return ends.count >= 3
            }
            return isRenewed ? .done : .rejected(reason: "not renewed")
        }
        #expect(try eventually { try queue.depth() == QueueDepth() })
        worker.end()
        #expect(worker.record.acks == [.acked: 1])
        #expect(worker.record.runs.values.allSatisfy { $0 == 1 })
    }

    /// A worker whose claim is taken from it stops running it, and acks nothing.
    @Test func aLostLeaseEndsTheClaim() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(5, through: queue)
        let (configuration, taken) = (test.configuration, StopSignal())
        let worker = RunningWorker(test, shortestLease: .milliseconds(60), monitorInterval: nil) { task in
            if task.id.index == 2, !taken.isSet {
                taken.set()
                guard let outside = try? TestQueue(viewing: configuration) else { return .done }
                try? outside.recoverEverything()
                // Until the keeper knows: it asks each 20 ms and the claim is gone.
                usleep(600_000)
            }
            return .done
        }
        #expect(try eventually { try queue.depth() == QueueDepth() })
        worker.end()
        #expect(worker.record.lost == 1)
        #expect(
            worker.record.runs
                == Dictionary(
                    uniqueKeysWithValues: names(batch, 0..<5).map { name in
                        (name, ["\(batch).1", "\(batch).2"].contains(name) ? 2 : 1)
                    }))
    }

    @Test func aServerThatMayEvictEndsTheWorker() throws {
        let server = try TestServer.own(settings: [("maxmemory-policy", "allkeys-lru")])
        let worker = RunningWorker(try TestQueue(on: server), slots: 2)
        #expect(eventually { worker.hasEnded })
        #expect(worker.end() == .mayEvict(policy: "allkeys-lru"))
    }

    @Test func aServerThatStaysAwayEndsTheWorker() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server) { $0.backoff = Backoff(first: .milliseconds(5), total: .milliseconds(50)) }
        let worker = RunningWorker(test, slots: 2)
        #expect(eventually { worker.record.waits >= 2 })
        server.stop()
        #expect(eventually { worker.hasEnded })
        guard case .redis(let error)? = worker.end() else {
            Issue.record("ended without an error")
            return
        }
        #expect(error.isConnectionLost)
    }
}
