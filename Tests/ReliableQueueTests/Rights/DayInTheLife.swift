import Redis
import ReliableQueue
import TestSupport
import Testing

/// Everything that is ever done to a queue, at least once: by producers, workers, monitors and onlookers.
struct DayInTheLife {
    private let test: TestQueue
    private let queue: any TaskQueue

    /// On a queue that is empty.
    init(of test: TestQueue) throws {
        self.test = test
        queue = try test.configuration.serving(.worker).open()
    }

    func run() throws {
        try produce()
        try work()
        try loseAWorker()
        try bury()
        try look()
        try wait()
        try divide()
        try queue.leave()
        try queue.forget(session: 5)
        try queue.destroy()
    }

    /// Small batches and large ones, told how long they take, on a server that has no replicas to wait for.
    private func produce() throws {
        for count in [1, 40] {
            try test.fill(count, through: queue, expected: .microseconds(1), keepsResultFor: .seconds(60))
        }
        var patient = test.configuration
        (patient.replicas, patient.backoff.total) = (1, .milliseconds(1))
        let replicated = try patient.open()
        let batch = TestQueue.batch(1).encoded(producer: 9, number: 1)
        #expect(throws: QueueError.notReplicated(wanted: 1, have: 0)) {
            try replicated.enqueue(batch, session: 5, number: 1)
        }
        _ = try queue.lastBatch(of: 5)
    }

    private func work() throws {
        var claim = try #require(try queue.claim(4))
        _ = try queue.renew([claim.lease])
        claim.setResult("result", of: 0)
        _ = try queue.ack([0], of: claim)
        _ = try queue.release(claim)
        _ = try queue.release(try #require(try queue.claim(1)))
        claim = try #require(try queue.exchange(acking: queue.claim(2), claiming: ClaimRequest(limit: 1)).claim)
        _ = try queue.fail(0, of: claim, TaskFailure(reason: "bad luck"))
        try test.makeDelayedDue()
        claim = try #require(try queue.claim(256))
        _ = try queue.ack(claim)
        while let more = try queue.claim(256) { _ = try queue.ack(more) }
    }

    private func loseAWorker() throws {
        try test.fill(2, through: queue)
        let claim = try #require(try queue.claim(2))
        try test.expire(claim)
        _ = try queue.recover()
        while let again = try queue.claim(2) {
            if again.isRedelivery { _ = try queue.confirm(again) }
            _ = try queue.ack(again)
        }
    }

    /// Dead letters, with somebody who waits for the result of one.
    private func bury() throws {
        try test.fill(3, through: queue, keepsResultFor: .seconds(60))
        for _ in 0..<3 {
            let claim = try #require(try queue.claim(1))
            _ = try queue.fail(0, of: claim, TaskFailure(reason: "no use", isRetryable: false))
        }
        let dead = try DeadLetters(of: test.configuration)
        let letters = try dead.list()
        _ = try TaskResults(of: test.configuration).wait(for: try #require(letters[0].id), upTo: .milliseconds(1))
        _ = try dead.requeue([letters[0]])
        _ = try dead.drop([letters[1]])
    }

    private func look() throws {
        let look = try test.configuration.openToLook()
        let claim = try #require(try queue.claim(1))
        _ = (try look.depth(), try look.heldClaims(limit: 9), try look.connections(test.configuration))
        try look.visitTasks { _, _ in }
        let observer = try QueueObserver(of: test.configuration)
        _ = try observer.look()
        _ = try queue.ack(claim)
    }

    /// Another shard, for a while.
    private func divide() throws {
        let record = try ShardRecord(of: test.configuration)
        _ = try record.open(2)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<2 { try producer.enqueue(TestQueue.batch(1)) }
        let worker = RunningWorker(test, monitorInterval: .milliseconds(5))
        _ = eventually { worker.record.runs.count == 2 }
        #expect(worker.end() == nil)
        #expect(worker.record.runs.count == 2)
        _ = try record.open(1)
        _ = try record.retire(after: ShardCount(open: 1, served: 2), closedFor: .zero)
    }

    /// A worker that has nothing to do is woken to end.
    private func wait() throws {
        let worker = RunningWorker(test, monitorInterval: .milliseconds(5))
        _ = eventually { worker.record.waits > 0 }
        #expect(worker.end() == nil)
    }
}
