import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// What the server takes from a producer.
@Suite struct ProducerScriptTests {
    private func send(
        _ number: UInt32, to queue: any TaskQueue, session: UInt64 = 1, tasks: Int = 1
    ) throws -> EnqueueAnswer {
        try queue.enqueue(TestQueue.batch(tasks).encoded(producer: 1, number: number), session: session, number: number)
    }

    /// A few tasks, and so many that `lease` pushes them in another way.
    private static let sizes = [1, 20]

    /// H1: only the next batch is accepted; a gap is refused, and nothing is written.
    @Test(arguments: QueueProtocol.fenced, sizes) func onlyTheNextBatchIsTaken(kind: QueueProtocol, tasks: Int) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        #expect(try send(2, to: queue, tasks: tasks) == .gap(last: 0))
        #expect(try test.state().isEmpty)
        #expect(try send(1, to: queue, tasks: tasks) == .accepted)
        #expect(try send(3, to: queue, tasks: tasks) == .gap(last: 1))
        #expect(try send(2, to: queue, tasks: tasks) == .accepted)
        // What was seen is not taken twice.
        #expect(try send(1, to: queue, tasks: tasks) == .accepted)
        #expect(try send(2, to: queue, tasks: tasks) == .accepted)
        #expect(try test.state()["pending"] == .list(names(1, 0..<tasks) + names(2, 0..<tasks)))
        #expect(try queue.lastBatch(of: 1) == 2)
        // Sessions don't meet.
        #expect(try send(1, to: queue, session: 2, tasks: tasks) == .accepted)
        #expect(try queue.depth().pending == 3 * tasks)
    }

    @Test(arguments: QueueProtocol.fenced, sizes)
    func aBatchWhoseReplyIsLostIsTakenOnce(kind: QueueProtocol, tasks: Int) throws {
        let server = try TestServer.own()
        let test = try TestQueue(kind, on: server)
        let queue = try test.open()
        #expect(try test.losingTheReply(of: queue) { try send(1, to: queue, tasks: tasks) } == .accepted)
        #expect(try queue.depth().pending == tasks)
    }

    /// A client of the queue whose first transaction waits, admitted and not run, until batch 1 of session 1 came from somebody
    /// else.
    private func overtaken(_ test: TestQueue) throws -> any TaskQueue {
        var configuration = test.configuration
        let hasCome = Atomic(false)
        configuration.settings.probe = CommandProbe(
            part: "",
            everywhere: { [configuration] command, moment in
                guard command == "enqueue", moment == .before, !hasCome.exchange(true, ordering: .relaxed) else {
                    return .goesOn
                }
                let first = TestQueue.batch(20).encoded(producer: 1, number: 1)
                let answer = try? configuration.open().enqueue(first, session: 1, number: 1)
                #expect(answer == .accepted)
                return .goesOn
            })
        return try configuration.open()
    }

    /// Another copy of the batch comes between the script that admits it and the transaction that pushes it: only one is pushed.
    @Test func ofTwoCopiesOneIsPushed() throws {
        let test = try TestQueue()
        let queue = try overtaken(test)
        #expect(try send(1, to: queue, tasks: 20) == .accepted)
        #expect(try test.state()["pending"] == .list(names(1, 0..<20)))
        #expect(Set(try test.state().keys) == ["pending", "wake"])
        #expect(try send(2, to: queue, tasks: 20) == .accepted)
        #expect(try queue.lastBatch(of: 1) == 2)
        #expect(try queue.depth().pending == 40)
    }

    /// A batch after the next is refused in the transaction's place, also when what it waits for comes meanwhile.
    @Test func aGapThatClosesMeanwhileIsStillAGap() throws {
        let test = try TestQueue()
        let queue = try overtaken(test)
        #expect(try send(2, to: queue, tasks: 20) == .gap(last: 0))
        #expect(try queue.depth().pending == 20)
        #expect(try send(2, to: queue, tasks: 20) == .accepted)
        #expect(try queue.depth().pending == 40)
    }

    /// Keys of another protocol: nothing is pushed, and nothing is taken for pushed.
    @Test(arguments: ["pending", "producers"]) func keysOfAnotherTypeAreAnError(key: String) throws {
        let test = try TestQueue()
        let queue = try test.open()
        _ = try test.raw.call("SET", test.key(key), "something else")
        for _ in 0..<2 { #expect(throws: QueueError.self) { try send(1, to: queue, tasks: 20) } }
        _ = try test.raw.call("DEL", test.key(key))
        #expect(try queue.depth().pending == 0)
        #expect(try queue.lastBatch(of: 1) == 0)
        #expect(try send(1, to: queue, tasks: 20) == .accepted)
        #expect(try queue.depth().pending == 20)
    }

    /// Where one of the commands that keep a batch from being pushed twice is forbidden, it goes by a script.
    @Test(arguments: ["eval", "multi", "watch", "exec"]) func aUserWithFewerRightsIsSafe(command: String) throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        _ = try test.raw.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "&*", "+@all", "-\(command)")
        var configuration = test.configuration
        configuration.endpoint = RedisEndpoint(server.endpoint.address, user: "limited", password: "secret")
        let queue = try configuration.open()
        for number in [1, 1, 2, 2, 1] as [UInt32] { #expect(try send(number, to: queue, tasks: 20) == .accepted) }
        #expect(try queue.depth().pending == 40)
    }

    /// A batch that the server has is accepted although there is no room for it.
    @Test(arguments: sizes) func aBatchThatIsThereIsAcceptedWhileTheServerIsFull(tasks: Int) throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let queue = try test.open()
        #expect(try send(1, to: queue, tasks: tasks) == .accepted)
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "1")
        if tasks > 1 { #expect(try send(1, to: queue, tasks: tasks) == .accepted) }
        #expect(throws: QueueError.full) { try send(2, to: queue, tasks: tasks) }
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "0")
        #expect(try send(2, to: queue, tasks: tasks) == .accepted)
        #expect(try queue.depth().pending == 2 * tasks)
    }

    /// The script that admits travels with the batch: it can't be unknown.
    @Test func aServerThatForgetsItsScriptsTakesABatchOnce() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let queue = try test.open()
        for number in [1, 1, 2, 2, 1] as [UInt32] {
            _ = try test.raw.call("SCRIPT", "FLUSH")
            #expect(try send(number, to: queue, tasks: 20) == .accepted)
        }
        #expect(try queue.depth().pending == 40)
    }

    /// A first batch that arrives after its producer was forgotten is no new session's first batch.
    @Test(arguments: QueueProtocol.fenced) func aBatchAfterTheEndIsNotTaken(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        for number in 1...2 { #expect(try send(UInt32(number), to: queue) == .accepted) }
        try queue.forget(session: 1)
        for number in 1...2 { #expect(try send(UInt32(number), to: queue) == .accepted) }
        #expect(try test.state()["pending"] == .list(["1.0", "2.0"]))
        #expect(try test.raw.call("PTTL", test.key("ended:1")).integer() > 3_600_000)
        // To end twice changes nothing.
        try queue.forget(session: 1)
        #expect(try send(1, to: queue) == .accepted)
        #expect(try queue.depth().pending == 2)
    }

    /// H12: a full server takes nothing more, and can be drained.
    @Test(arguments: QueueProtocol.fenced) func aFullServerCanBeDrained(kind: QueueProtocol) throws {
        let server = try TestServer.own(settings: [("maxmemory", "3mb")])
        let test = try TestQueue(kind, on: server)
        let queue = try test.open()
        var batch = TaskBatch()
        for _ in 0..<50 { batch.add(kind: "heavy", payload: [UInt8](repeating: 0, count: 1_000)) }
        var sent: UInt32 = 0
        func next() throws -> EnqueueAnswer {
            try queue.enqueue(batch.encoded(producer: 1, number: sent + 1), session: 1, number: sent + 1)
        }
        while (try? next()) == .accepted { sent += 1 }
        #expect(throws: QueueError.full) { try next() }
        #expect(try queue.lastBatch(of: 1) == sent)
        #expect(try queue.depth().pending == Int(sent) * 50)
        // One of each thing that a worker and a monitor do while the memory is full; connecting is one of them.
        let worker = try test.open()
        _ = try worker.release(try #require(try worker.claim(256, lease: .milliseconds(1))))
        _ = try worker.claim(256, lease: .milliseconds(1))
        var recovered = 0
        #expect(
            try eventually {
                recovered += try worker.recover().recovered
                return recovered == 256
            })
        let failing = try #require(try worker.claim())
        #expect(try worker.renew([failing.lease]) == [true])
        _ = try worker.fail(0, of: failing, TaskFailure(reason: "x", isRetryable: false))
        #expect(try worker.ack([1], of: failing) == [.acked])
        _ = try worker.release(failing)
        var (drained, finished): (Int, Claim?) = (0, nil)
        repeat {
            let exchange = try worker.exchange(acking: finished, claiming: ClaimRequest())
            finished = exchange.claim
            drained += finished?.count ?? 0
        } while finished != nil
        #expect(drained == Int(sent) * 50 - 2)
        #expect(try queue.depth().dead == 1)
    }
}
