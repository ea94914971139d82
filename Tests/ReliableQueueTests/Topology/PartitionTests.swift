import Glibc
import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Queues whose master is cut off from its replicas and from the Sentinels, while clients reach both sides, and comes back: what
/// is lost then, and what can't be.
@Suite(.serialized) struct PartitionTests {
    /// Replicas report once a second: with a lag of one, a busy machine's master would refuse writes at any time.
    private static let strict = [("min-replicas-to-write", "1"), ("min-replicas-max-lag", "2")]

    private func servers(_ settings: [(String, String)] = []) throws -> PrivateSentinels {
        let servers = try PrivateSentinels(settings: settings, silence: .seconds(2), isDivisible: true)
        try servers.hasten()
        return servers
    }

    private func awaitSuccessor(of old: PrivateRedisServer, among servers: PrivateSentinels) {
        #expect(eventually { (try? servers.currentMaster()).map { $0 !== old } ?? false })
    }

    private func awaitReturn(of old: PrivateRedisServer) {
        #expect(
            eventually(within: .seconds(60)) {
                let fields = (try? RedisConnection(to: old.endpoint))?.server.fields
                return fields?["role"] == "slave" && fields?["master_link_status"] == "up"
            })
    }

    private func awaitReplicas(of test: TestQueue) throws {
        _ = try test.raw.call("SET", test.key("mark"), "")
        #expect(try test.raw.call("WAIT", "2", "0").integer() == 2)
        _ = try test.raw.call("DEL", test.key("mark"))
    }

    // MARK: Nothing asked for

    /// Everything that the isolated master has acknowledged is gone, counted to the task; a producer that keeps its batches sends
    /// them again.
    @Test(arguments: [0, 64]) func whatNoReplicaHasIsLost(producerKeeps: Int) throws {
        let servers = try servers()
        let test = try TestQueue(at: servers.endpoint)
        let producer = QueueProducer(queue: try test.open(), keeps: producerKeeps)
        for _ in 0..<5 { try producer.enqueue(TestQueue.batch(10)) }
        try awaitReplicas(of: test)
        let old = try servers.currentMaster()
        servers.isolate(old)
        for _ in 0..<4 { try producer.enqueue(TestQueue.batch(10)) }
        awaitSuccessor(of: old, among: servers)
        #expect(try test.open().depth().pending == 50)
        servers.heal()
        awaitReturn(of: old)
        try producer.enqueue(TestQueue.batch(10))
        try producer.finish()
        #expect(producer.lostTasks == (producerKeeps == 0 ? 40 : 0))
        #expect(producer.resentTasks == (producerKeeps == 0 ? 0 : 40))
        #expect(try test.open().depth().pending == (producerKeeps == 0 ? 60 : 100))
    }

    /// An ack that the isolated master has accepted is gone too: the task runs again, under a later token.
    @Test(arguments: [QueueProtocol.lease, .stream])
    func whatWasAckedThereRunsAgain(queueProtocol: QueueProtocol) throws {
        let servers = try servers()
        let test = try TestQueue(queueProtocol, at: servers.endpoint) { $0.replicas = 2 }
        let queue = try test.open()
        try test.fill(10, through: queue)
        let old = try servers.currentMaster()
        servers.isolate(old)
        let (first, late) = (try #require(try queue.claim(4)), try #require(try queue.claim(4)))
        #expect(try queue.ack(first) == .acked)
        awaitSuccessor(of: old, among: servers)
        let elsewhere = try test.open()
        let again = try #require(try elsewhere.claim())
        #expect(again.count == 10 && first.token < again.token)
        servers.heal()
        awaitReturn(of: old)
        #expect(try queue.ack(Array(0..<4), of: late).allSatisfy { $0 != .acked })
        #expect(try elsewhere.ack(again) == .acked)
        #expect(try queue.depth() == QueueDepth())
    }

    // MARK: replicated:N

    /// A batch counts as enqueued when all replicas but one have it, or more: one of them takes over. It does not where they are
    /// cut off together with the master, which then confirms what is lost.
    @Test func aReplicaOnTheWrongSideConfirmsWhatIsLost() throws {
        let servers = try servers()
        let test = try TestQueue(at: servers.endpoint) {
            $0.replicas = 1
            $0.backoff.total = .seconds(1)
        }
        let producer = QueueProducer(queue: try test.open(), keeps: 0)
        let all = try TestQueue(at: servers.endpoint) {
            $0.replicas = 2
            $0.backoff.total = .seconds(1)
        }
        let careful = QueueProducer(queue: try all.open(), keeps: 0)
        try producer.enqueue(TestQueue.batch(10))
        try careful.enqueue(TestQueue.batch(10))
        try awaitReplicas(of: test)
        let old = try servers.currentMaster()
        let together = try #require(servers.servers.first { $0 !== old })
        servers.isolate(old, together)
        for _ in 0..<4 { try producer.enqueue(TestQueue.batch(10)) }
        #expect(throws: QueueError.notReplicated(wanted: 2, have: 1)) { try careful.enqueue(TestQueue.batch(10)) }
        awaitSuccessor(of: old, among: servers)
        #expect(try test.open().depth().pending == 10)
        #expect(try all.open().depth().pending == 10)
        servers.heal()
        awaitReturn(of: old)
        try producer.enqueue(TestQueue.batch(10))
        #expect(producer.lostTasks == 40)
    }

    /// Workers and producers on both sides, with and without a master that refuses what no replica takes: no acknowledged task is
    /// lost, none has its effect twice, and who held one on the wrong side is refused.
    @Test(arguments: [[], strict]) func noAcknowledgedTaskIsLost(settings: [(String, String)]) throws {
        let servers = try servers(settings)
        let test = try TestQueue(at: servers.endpoint) { $0.replicas = 1 }
        let (effects, snare) = (EffectGuard(), Snare())
        let producer = QueueProducer(queue: try test.open())
        for _ in 0..<100 { try producer.enqueue(TestQueue.batch(10)) }
        let late = LateProducer(test, batches: 20)
        #expect(eventually { late.isReady })
        // Slow enough to be far from the end when it is cut off: what it is held with must be there on the other side, too.
        let minority = RunningWorker(
            test, slots: 2, shortestLease: .seconds(1), monitorInterval: .milliseconds(50)
        ) { task in
            usleep(10_000)
            snare.hold(task.id)
            return effects.take(task)
        }
        #expect(eventually { minority.record.runs.count >= 50 })
        let old = try servers.currentMaster()
        servers.isolate(old)
        snare.set()
        late.start()
        #expect(eventually { snare.held != nil })
        awaitSuccessor(of: old, among: servers)
        let majority = RunningWorker(
            test, slots: 2, shortestLease: .seconds(1), monitorInterval: .milliseconds(50)
        ) { effects.take($0) }
        #expect(eventually { snare.held.map(effects.tasks.contains) ?? false })
        servers.heal()
        awaitReturn(of: old)
        snare.open()
        #expect(eventually { effects.refused > 0 })
        let lostByLate = late.end()
        try producer.finish()
        let queue = try test.open()
        #expect(try eventually { try queue.depth() == QueueDepth() })
        let error = majority.end()
        #expect(error == nil)
        // Stopped in the midst of looking for the new master, it ends with an error.
        minority.end()
        #expect(effects.tasks.count == 1_200)
        #expect(producer.lostTasks == 0 && lostByLate == 0)
    }

    /// A master that wants a replica stops taking claims and acks soon, and with them the workers on its side.
    @Test func workersOnTheWrongSideStopWhereAMasterWantsReplicas() throws {
        let servers = try servers(Self.strict)
        let test = try TestQueue(at: servers.endpoint)
        let producer = QueueProducer(queue: try test.open())
        for _ in 0..<200 { try producer.enqueue(TestQueue.batch(10)) }
        let worker = RunningWorker(test, shortestLease: .milliseconds(500), monitorInterval: .milliseconds(50)) { _ in
            usleep(5_000)
            return .done
        }
        #expect(eventually { worker.record.runs.count >= 20 })
        let old = try servers.currentMaster()
        servers.isolate(old)
        let beside = try RedisConnection(to: old.endpoint)
        #expect(
            eventually {
                do throws(RedisError) {
                    _ = try beside.call("SET", test.key("mark"), "", "PX", "1")
                    return false
                } catch {
                    return error.isRefusal(["NOREPLICAS"])
                }
            })
        // What it holds runs out, or is done.
        usleep(1_000_000)
        let runs = worker.record.runs.count
        usleep(500_000)
        #expect(worker.record.runs.count == runs)
        #expect(runs < 2_000)
        servers.heal()
        let queue = try test.open()
        #expect(try eventually(within: .seconds(60)) { try queue.depth() == QueueDepth() })
        let error = worker.end()
        #expect(error == nil)
        #expect(worker.record.runs.count == 2_000)
        try producer.finish()
    }
}

/// A producer on a thread of its own, which connects before the rest is told to begin.
private final class LateProducer: Sendable {
    private final class Course: Sendable {
        let (ready, go) = (StopSignal(), StopSignal())
        let lost = Mutex(0)
    }

    private let course: Course
    private let thread: DedicatedThread

    init(_ test: TestQueue, batches: Int) {
        let course = Course()
        self.course = course
        thread = DedicatedThread(name: "late") { [configuration = test.configuration] in
            do {
                let producer = QueueProducer(queue: try configuration.open())
                course.ready.set()
                while !course.go.wait(upTo: .seconds(60)) {}
                for _ in 0..<batches { try producer.enqueue(TestQueue.batch(10)) }
                try producer.finish()
                course.lost.withLock { $0 = producer.lostTasks }
            } catch {
                course.ready.set()
                Issue.record("\(error)")
            }
        }
    }

    var isReady: Bool { course.ready.isSet }

    func start() { course.go.set() }

    /// Waits until all is acknowledged; how many tasks the server has lost that it had acknowledged.
    func end() -> Int {
        thread.join()
        return course.lost.withLock { $0 }
    }
}

/// Holds the first task that begins once it is set, until it is opened.
private final class Snare: Sendable {
    private let barrier = Barrier()
    private let state = Mutex((isSet: false, held: TaskID?.none))

    /// The task that it holds, or has held.
    var held: TaskID? { state.withLock { $0.held } }

    func set() { state.withLock { $0.isSet = true } }

    func open() { barrier.open() }

    /// Waits if this is the task to hold.
    func hold(_ task: TaskID) {
        let isHeld = state.withLock { state in
            guard state.isSet, state.held == nil else { return false }
            state.held = task
            return true
        }
        if isHeld { barrier.pass() }
    }
}
