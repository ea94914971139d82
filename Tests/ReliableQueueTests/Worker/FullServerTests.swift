import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Workers and monitors that are told to stop while the server refuses what needs room: they end, without an error, and
/// leave the rest to the monitors.
@Suite struct FullServerTests {
    /// A worker whose tasks wait until the server is full and it was told to stop.
    private struct Gate {
        let hasBegun = StopSignal()
        let isFull = StopSignal()

        func pass() {
            hasBegun.set()
            while !isFull.wait(upTo: .seconds(60)) {}
        }
    }

    private func setLimit(_ bytes: Int, _ test: TestQueue) throws {
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", String(bytes))
    }

    /// A failure can't be counted, a task that was not run can't be pushed back: both stay in the processing list.
    @Test(arguments: [TaskOutcome.failed(reason: "test"), .declined])
    func aLockWorkerLeavesItsTaskToTheMonitor(outcome: TaskOutcome) throws {
        let server = try TestServer.own()
        let test = try TestQueue(.lock, on: server)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        let gate = Gate()
        let worker = RunningWorker(test, monitorInterval: nil) { _ in
            gate.pass()
            return outcome
        }
        #expect(gate.hasBegun.wait(upTo: .seconds(60)))
        try setLimit(1, test)
        worker.stop.set()
        gate.isFull.set()
        #expect(worker.end() == nil)
        #expect(try test.placesWithoutLocks() == test.lists(["processing": names(batch, 0..<1)]))
        try setLimit(0, test)
        _ = try test.raw.call("DEL", test.key("lock:\(#require(try queue.heldClaims(limit: 1).first).name)"))
        #expect(try queue.recover().recovered == 1)
        #expect(try test.places() == test.lists(["pending": names(batch, 0..<1)]))
    }

    /// The ack needs no room, and the move that goes with it does: the ack is heard of all the same.
    @Test func aLockWorkerHearsOfAnAckWhoseMoveWasRefused() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.lock, on: server)
        let batch = try test.fill(2, through: test.open())
        let gate = Gate()
        let worker = RunningWorker(test, monitorInterval: nil) { _ in
            gate.pass()
            return .done
        }
        #expect(gate.hasBegun.wait(upTo: .seconds(60)))
        try setLimit(1, test)
        gate.isFull.set()
        #expect(try eventually { try test.raw.call("LLEN", test.key("processing")).integer() == 0 })
        #expect(worker.end() == nil)
        #expect(worker.record.acks == [.acked: 1])
        #expect(try test.places() == test.lists(["pending": names(batch, 1..<2)]))
    }

    /// One task fails and one is done: the failure is left, the ack is not. (In a process of its own, since such a worker
    /// needs the cooperative pool, which the other tests keep busy.)
    @Test func aConcurrentLockWorkerAcksWhatItCan() async {
        await #expect(processExitsWith: .success) {
            try await onOwnThread { try FullServerTests().aConcurrentWorkerAcksWhatItCan() }
        }
    }

    private func aConcurrentWorkerAcksWhatItCan() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.lock, on: server)
        let batch = try test.fill(2, through: test.open())
        let (first, second) = (Gate(), Gate())
        let worker = RunningConcurrentWorker(test, slots: 2, monitorInterval: nil) { task, _ in
            .computing { _ in
                (task.id.index == 0 ? first : second).pass()
                return task.id.index == 0 ? .failed(reason: "test") : .done
            }
        }
        for gate in [first, second] { #expect(gate.hasBegun.wait(upTo: .seconds(60))) }
        try setLimit(1, test)
        worker.stop.set()
        first.isFull.set()
        #expect(eventually { worker.record.now.closed == 1 })
        second.isFull.set()
        #expect(worker.end() == nil)
        #expect(worker.record.now.acks == [.acked: 1])
        #expect(try test.placesWithoutLocks() == test.lists(["processing": names(batch, 0..<1)]))
    }

    /// What a monitor could not push back lies where it was.
    @Test func aMonitorEnds() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.lock, on: server)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        try test.expire(#require(try queue.claim()))
        try setLimit(1, test)
        let stop = StopSignal()
        let outcome = Mutex<QueueError?>(nil)
        let monitor = DedicatedThread(name: "monitor") { [configuration = test.configuration] in
            do throws(QueueError) {
                try QueueMonitor(configuration, interval: .milliseconds(1)).run(until: stop)
            } catch {
                outcome.withLock { $0 = error }
            }
        }
        #expect(try eventually { try test.raw.call("INFO", "errorstats").text().contains("errorstat_OOM") })
        stop.set()
        monitor.join()
        #expect(outcome.withLock { $0 } == nil)
        #expect(try test.places() == test.lists(["processing": names(batch, 0..<1)]))
    }
}
