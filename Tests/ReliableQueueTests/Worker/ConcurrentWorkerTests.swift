import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Workers that run many tasks at once without a thread for each.
///
/// Each test has a process of its own: what waits runs on the cooperative pool, which the other tests of this process
/// keep busy.
@Suite struct ConcurrentWorkerTests {
    @Test func runsEverythingOnce() async {
        await #expect(processExitsWith: .success) {
            try await onOwnThread {
                for queueProtocol in QueueProtocol.allCases { try Worker.everythingOnce(queueProtocol) }
            }
        }
    }

    /// Two hundred tasks that each wait for all the others: with fewer at once they would wait for ever.
    @Test func asManyWaitAtOnceAsThereAreSlots() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.asManyWaitAtOnceAsThereAreSlots) }
    }

    @Test func neverHasMoreInHandThanSlots() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.neverHasMoreInHandThanSlots) }
    }

    @Test func aSlowReceiverSlowsClaiming() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.aSlowReceiverSlowsClaiming) }
    }

    @Test func computingTakesASlotToo() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.computingTakesASlotToo) }
    }

    /// Every computing thread is held, and what waits is claimed, run and acked all the same.
    @Test func computingHoldsUpNobodyWhoWaits() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.computingHoldsUpNobodyWhoWaits) }
    }

    @Test func failuresComeBackAndRejectionsAreBuried() async {
        await #expect(processExitsWith: .success) {
            try await onOwnThread(Worker.failuresComeBackAndRejectionsAreBuried)
        }
    }

    /// What was begun ends, what was not goes back in its order.
    @Test func stoppingGivesBackWhatIsNotBegun() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.stoppingGivesBackWhatIsNotBegun) }
    }

    /// The one slot is taken by what waits, and what would compute next is still to be given back.
    @Test func stoppingPassesOverWhatWaitsForASlot() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.stoppingPassesOverWhatWaitsForASlot) }
    }

    /// A worker that lost its lease while its tasks waited in line begins none of them, and its acks count for nothing.
    @Test func aLostLeaseEndsItsTasks() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.aLostLeaseEndsItsTasks) }
    }

    /// Neither acked nor failed: whoever has the later token does that.
    @Test func supersededTasksAreLeftAlone() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.supersededTasksAreLeftAlone) }
    }

    @Test func brokenConnectionsDoNotEndIt() async {
        await #expect(processExitsWith: .success) {
            try await onOwnThread(Worker.brokenConnectionsDoNotEndIt)
        }
    }

    /// What waits, and does not end when it is cancelled, is let alone: the worker ends, and says that the process has to.
    @Test func whatIsDeafToItsCancellationEndsIt() async {
        await #expect(processExitsWith: .success) {
            try await onOwnThread(Worker.whatIsDeafToItsCancellationEndsIt)
        }
    }

    @Test func aServerThatIsGoneEndsIt() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Worker.aServerThatIsGoneEndsIt) }
    }
}

/// The tests themselves, each to run on a thread that may block.
private enum Worker {
    static func everythingOnce(_ queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let first = try test.fill(200, through: queue)
        let worker = RunningConcurrentWorker(test, slots: 16) { task, _ in
            task.id.index.isMultiple(of: 2) ? .computing { _ in .done } : .awaiting { .done }
        }
        let second = try test.fill(200, through: queue)
        #expect(try eventually { try worker.record.now.runs.count == 400 && queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(Set(worker.record.now.runs.keys) == Set(names(first, 0..<200) + names(second, 0..<200)))
        // A monitor that looks between a move and its lock makes `lock` run a task twice, without any fault.
        if queueProtocol == .lease || queueProtocol == .pop {
            #expect(worker.record.now.runs.values.allSatisfy { $0 == 1 })
            #expect(worker.record.now.acks == [.acked: 400])
        }
        #expect(try test.places().isEmpty)
    }

    @Sendable static func whatIsDeafToItsCancellationEndsIt() throws {
        // It is not to be tried again meanwhile.
        let test = try TestQueue { $0.firstDelay = .seconds(60) }
        let queue = try test.open()
        try test.fill(4, through: queue)
        let gate = Gate()
        let worker = RunningConcurrentWorker(test, slots: 2, timeLimit: .milliseconds(300)) { task, _ in
            .awaiting {
                if task.id.index == 0 { await gate.pass() }
                return .done
            }
        }
        #expect(eventually { worker.hasEnded })
        #expect(worker.end() as? QueueError == .stuck(tasks: 1))
        #expect(worker.record.now.acks == [.acked: 3])
        let depth = try queue.depth()
        #expect((depth.delayed + depth.retry, depth.pending, depth.claims) == (1, 0, 0))
        gate.open()
    }

    @Sendable static func asManyWaitAtOnceAsThereAreSlots() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(200, through: queue)
        let (crowd, all) = (Crowd(), Gate())
        let worker = RunningConcurrentWorker(test, slots: 200, computeThreads: 1) { _, _ in
            .awaiting {
                if crowd.enter() == 200 { all.open() }
                await all.pass()
                return .done
            }
        }
        #expect(try eventually { try worker.record.now.acks == [.acked: 200] && queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
    }

    @Sendable static func neverHasMoreInHandThanSlots() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(300, through: queue)
        let crowd = Crowd()
        let worker = RunningConcurrentWorker(test, slots: 7) { _, _ in
            .awaiting {
                _ = crowd.enter()
                await Task.yield()
                crowd.leave()
                return .done
            }
        }
        #expect(try eventually { try worker.record.now.runs.count == 300 && queue.depth() == QueueDepth() })
        worker.end()
        #expect((2...7).contains(crowd.most))
    }

    @Sendable static func aSlowReceiverSlowsClaiming() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(2_000, through: queue)
        let gate = Gate()
        let worker = RunningConcurrentWorker(test, slots: 16) { _, _ in
            .awaiting {
                await gate.pass()
                return .done
            }
        }
        #expect(eventually { worker.record.now.runs.count == 16 })
        // As many again are claimed ahead, and no more, however long it takes.
        #expect(try !eventually(within: .milliseconds(300)) { try queue.depth().pending < 2_000 - 32 })
        #expect(worker.record.now.runs.count == 16)
        gate.open()
        #expect(try eventually { try worker.record.now.runs.count == 2_000 && queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
    }

    /// With one slot nothing computes while something waits.
    @Sendable static func computingTakesASlotToo() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(200, through: queue)
        let crowd = Crowd()
        let worker = RunningConcurrentWorker(test, slots: 3, computeThreads: 2) { task, _ in
            guard task.id.index.isMultiple(of: 2) else {
                return .computing { _ in
                    _ = crowd.enter()
                    crowd.leave()
                    return .done
                }
            }
            return .awaiting {
                _ = crowd.enter()
                await Task.yield()
                crowd.leave()
                return .done
            }
        }
        #expect(try eventually { try worker.record.now.runs.count == 200 && queue.depth() == QueueDepth() })
        worker.end()
        #expect((2...3).contains(crowd.most))
    }

    @Sendable static func computingHoldsUpNobodyWhoWaits() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let isFree = StopSignal()
        let worker = RunningConcurrentWorker(test, slots: 8, computeThreads: 2) { task, _ in
            if task.kind == "long" {
                return .computing { _ in
                    _ = isFree.wait(upTo: .seconds(60))
                    return .done
                }
            }
            return .awaiting { .done }
        }
        try test.fill(2, through: queue, kind: "long")
        try test.fill(50, through: queue, kind: "short")
        #expect(eventually { worker.record.now.acks == [.acked: 50] })
        isFree.set()
        #expect(try eventually { try worker.record.now.acks == [.acked: 52] && queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
    }

    @Sendable static func failuresComeBackAndRejectionsAreBuried() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(6, through: queue)
        let worker = RunningConcurrentWorker(test, slots: 4) { task, _ in
            switch task.id.index {
            case 0: .computing { _ in task.attempt == 1 ? .failed(reason: "first") : .done }
            case 1: .awaiting { .rejected(reason: "never") }
            case 2: .settled(.rejected(reason: "unreadable"))
            default: .awaiting { .done }
            }
        }
        #expect(try eventually { try worker.record.now.acks == [.acked: 4] && queue.depth().backlog == 0 })
        worker.end()
        #expect(try queue.depth().dead == 2)
        #expect(worker.record.now.runs.values.sorted() == [1, 1, 1, 1, 2])
    }

    @Sendable static func stoppingGivesBackWhatIsNotBegun() throws {
        let test = try TestQueue()
        let queue = try test.open()
        // One task to make the worker measure a first claim of one, then a claim of several.
        let batch = try test.fill(9, through: queue)
        let (isFree, isHeld) = (StopSignal(), StopSignal())
        let worker = RunningConcurrentWorker(test, slots: 8, computeThreads: 1) { task, _ in
            .computing { _ in
                if task.id.index == 1 {
                    isHeld.set()
                    _ = isFree.wait(upTo: .seconds(60))
                }
                return .done
            }
        }
        #expect(isHeld.wait(upTo: .seconds(20)))
        worker.stop.set()
        isFree.set()
        #expect(worker.end() == nil)
        let done = worker.record.now.runs.keys.count
        #expect((2...8).contains(done))
        #expect(try queue.depth().pending == 9 - done)
        #expect(try queue.claim()?.names.sorted() == names(batch, done..<9))
    }

    @Sendable static func stoppingPassesOverWhatWaitsForASlot() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(6, through: queue)
        let gate = Gate()
        let worker = RunningConcurrentWorker(test, slots: 1) { task, _ in
            task.id.index != 1
                ? .computing { _ in .done }
                : .awaiting {
                    await gate.pass()
                    return .done
                }
        }
        // The first claim is of one task, and the second of more: they are in hand behind the one that waits.
        #expect(try eventually { try worker.record.now.runs["\(batch).1"] == 1 && queue.depth().pending < 4 })
        worker.stop.set()
        #expect(!eventually(within: .milliseconds(200)) { worker.hasEnded })
        gate.open()
        #expect(eventually { worker.hasEnded })
        #expect(worker.end() == nil)
        #expect(worker.record.now.runs.count == 2)
        #expect(try queue.depth().pending == 4)
    }

    @Sendable static func aLostLeaseEndsItsTasks() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(5, through: queue)
        let (isFree, isHeld) = (StopSignal(), StopSignal())
        let worker = RunningConcurrentWorker(
            test, slots: 8, computeThreads: 1, shortestLease: .milliseconds(200), monitorInterval: nil
        ) { task, lease in
            .computing { _ in
                if task.id.index == 1, task.attempt == 1 {
                    isHeld.set()
                    _ = isFree.wait(upTo: .seconds(60))
                }
                return .done
            }
        }
        #expect(isHeld.wait(upTo: .seconds(20)))
        try test.recoverEverything()
        #expect(eventually { worker.record.now.runs.count >= 2 })
        isFree.set()
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(worker.record.now.lost >= 1)
        #expect(worker.record.now.runs.keys.count == 5)
        #expect(try test.places().isEmpty)
    }

    @Sendable static func supersededTasksAreLeftAlone() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        let worker = RunningConcurrentWorker(test, slots: 1, monitorInterval: nil) { task, _ in
            task.id.index == 2 ? .awaiting { .superseded } : .awaiting { .done }
        }
        // The last one is: who comes after it in its claim is passed over, and how long a claim is depends on the time.
        #expect(eventually { worker.record.now.runs.count == 3 && worker.record.now.acks == [.acked: 2] })
        #expect(worker.end() == nil)
        #expect(worker.record.now.failures.isEmpty)
        #expect(try queue.depth().claims == 1)
        try test.recoverEverything()
        #expect(try queue.claim()?.names == names(batch, 2..<3))
    }

    @Sendable static func brokenConnectionsDoNotEndIt() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let queue = try test.open()
        let worker = RunningConcurrentWorker(
            test, slots: 16, shortestLease: .milliseconds(200), monitorInterval: .milliseconds(20)
        ) { task, _ in
            task.id.index.isMultiple(of: 3) ? .computing { _ in .done } : .awaiting { .done }
        }
        for _ in 0..<20 {
            try test.fill(50, through: queue)
            _ = try test.raw.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        }
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(worker.record.now.runs.count == 1_000)
        #expect(try test.places().isEmpty)
    }

    @Sendable static func aServerThatIsGoneEndsIt() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server) { $0.backoff.total = .milliseconds(200) }
        let worker = RunningConcurrentWorker(test, slots: 4) { _, _ in .awaiting { .done } }
        #expect(eventually { worker.record.now.waits >= 1 })
        server.stop()
        #expect(eventually { worker.hasEnded })
        #expect(worker.end() is QueueError)
    }

    /// How many are there, and how many were at most.
    private final class Crowd: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func enter() -> Int {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
                return counts.now
            }
        }

        func leave() { counts.withLock { $0.now -= 1 } }
    }

    /// Lets nobody pass until it is opened.
    private final class Gate: Sendable {
        private struct State {
            var isOpen = false
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        private let state = Mutex(State())

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                defer { state.waiting.removeAll() }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }
    }
}
