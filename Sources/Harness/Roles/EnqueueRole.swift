import Measurement
import Redis
package import ReliableQueue
package import Workload

/// Sends one task, and waits for what comes of it, if that is asked for.
package struct EnqueueRole: Sendable {
    /// The queue.
    package var queue: QueueAddress
    /// For how long the worker is to keep the task's result; `nil` when nobody will ask.
    package var keep: Duration?

    /// What decides to which shard it goes; `nil` for the shortest one.
    package var key: String?

    /// Sends a task to this queue.
    package init(queue: QueueAddress) { self.queue = queue }

    /// The one task that is written as a mix of one entry, such as `fib-gmp:n=100`. A distribution gives one of its values.
    ///
    /// - Parameter force: allows an n that an algorithm refuses unless it is forced.
    package static func task(_ text: String, force: Bool) throws(HarnessError) -> PlannedTask {
        do throws(WorkloadError) {
            let mix = try TaskMix(parsing: text)
            guard mix.entries.count == 1 else { throw .invalid(what: "the task", value: text, allowed: "one task") }
            try ParameterLimits.check(mix, force: force)
            let seed = UInt64.random(in: .min ... .max)
            var tasks = try TaskPlan(mix: mix, arrival: .backlog, tasks: 1, duration: nil, seed: seed).makeIterator()
            guard let task = tasks.next() else { throw .missing(what: "the task", allowed: "one task") }
            return task
        } catch {
            throw .workload(error)
        }
    }

    /// Puts the task into the queue, once, and leaves no producer behind; says under which id, and into which shard.
    package func send(_ task: PlannedTask) throws(HarnessError) -> (id: TaskID, shard: Int) {
        let now = MonotonicClock.nanoseconds()
        var payload: [UInt8] = []
        TaskPayload(sequence: task.sequence, parameter: task.parameter, intended: now, sent: now)
            .encode(into: &payload)
        let expected = task.expectedMicroseconds
        var batch = TaskBatch()
        batch.add(
            kind: task.kind.name, expected: expected == 0 ? nil : .microseconds(Int64(expected)),
            keepsResultFor: keep, payload: payload)
        do throws(QueueError) {
            let producer = try ShardedProducer(queue.configuration)
            let id = try producer.enqueue(batch, key: key)
            try producer.finish()
            return (id, producer.lastShard)
        } catch {
            throw .queue(error)
        }
    }

    /// Waits for what comes of the task, in the words of its worker.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when it became a dead letter, ``HarnessError/unanswered(_:)`` when there was
    ///   nothing by the limit, or Redis was away.
    package func result(of sent: (id: TaskID, shard: Int), upTo limit: Duration) throws(HarnessError) -> String {
        let task = sent.id
        let result: TaskResult?
        do throws(QueueError) {
            result = try TaskResults(of: queue.configuration.ofShard(sent.shard)).wait(for: task, upTo: limit)
        } catch {
            throw .unanswered("task \(task) was sent, and nobody can say what came of it: \(error)")
        }
        switch result {
        case .done(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .failed(let reason):
            let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
            throw .run("task \(task) failed: \(line) (it is among the dead letters: fibq dead list)")
        case nil:
            throw .unanswered(
                "no result of task \(task) within \(limit.textWithUnit): see that a worker runs on queue \(queue.name)"
                    + " (fibq inspect), or give it more --timeout")
        }
    }
}
