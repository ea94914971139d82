import Measurement
import Redis
import ReliableQueue

/// A queue on a private server that holds as many tasks as a trial wants, and what that took.
struct HeldQueue {
    /// Bytes of a payload, on average.
    let payloadBytes: Double
    /// Redis' CPU time for each task that was enqueued, in seconds.
    let enqueueSeconds: Double
    /// Memory that Redis uses for each task more than for an empty queue, in bytes.
    let memoryBytes: Double

    /// Fills the queue, and claims those that are to be in flight.
    ///
    /// - Returns: `nil` when `stop` was set.
    static func fill(
        _ point: GrowthPlan.Point, at configuration: QueueConfiguration, _ control: RedisConnection,
        until stop: StopSignal
    ) throws -> HeldQueue? {
        // A queue that was used and is empty: what is there of it in any case is none of the tasks' memory.
        try use(configuration, stop) { queue in
            try enqueue(1, GrowthTask(length: point.payload), on: queue, until: stop)
            try hold(1, point.claim, on: queue, until: stop, acking: true)
        }
        let before = try readOnceAlone(control)
        let count = point.backlog + point.inFlight
        let bytes = try use(configuration, stop) { queue in
            try enqueue(count, GrowthTask(length: point.payload), on: queue, until: stop)
        }
        let filled = try RedisServerInfo.read(control)
        if point.inFlight > 0 {
            try use(configuration, stop) { queue in
                try hold(point.inFlight, point.claim, on: queue, until: stop, acking: false)
            }
        }
        let held = try readOnceAlone(control)
        guard !stop.isSet else { return nil }
        return HeldQueue(
            payloadBytes: Double(bytes) / Double(count),
            enqueueSeconds: (filled.cpuSeconds - before.cpuSeconds) / Double(count),
            memoryBytes: Double(held.integer("used_memory") - before.integer("used_memory")) / Double(count))
    }

    /// Throws unless the queue holds exactly what it held at the start.
    static func check(_ point: GrowthPlan.Point, at configuration: QueueConfiguration, until stop: StopSignal) throws {
        try use(configuration, stop) { queue in
            let depth = try queue.depth()
            let held = try queue.heldClaims(limit: point.inFlight + 1).reduce(0) { $0 + $1.tasks }
            guard depth.pending == point.backlog, depth.backlog == point.backlog, depth.dead == 0,
                held == point.inFlight
            else {
                throw HarnessError.run(
                    "tasks were lost or doubled: \(depth.backlog) wait, \(held) are in flight and \(depth.dead) are dead,"
                        + " where \(point.backlog), \(point.inFlight) and 0 should be")
            }
        }
    }

    /// On a connection that is closed afterwards.
    @discardableResult
    private static func use<Result>(
        _ configuration: QueueConfiguration, _ stop: StopSignal, _ body: (any TaskQueue) throws -> Result
    ) throws -> Result {
        try body(configuration.open(keepTrying: { !stop.isSet }))
    }

    /// Returns how many bytes the payloads have.
    @discardableResult
    private static func enqueue(
        _ count: Int, _ tasks: GrowthTask, on queue: any TaskQueue, until stop: StopSignal
    ) throws -> Int {
        var (tasks, batch) = (tasks, TaskBatch())
        let producer = QueueProducer(queue: queue, keeps: 0)
        for first in stride(from: 0, to: count, by: RoundCourse.usualBatch) where !stop.isSet {
            tasks.fill(&batch, min(RoundCourse.usualBatch, count - first))
            try producer.enqueue(batch)
        }
        if !stop.isSet { try producer.finish() }
        return tasks.payloadBytes
    }

    private static func hold(
        _ count: Int, _ claim: Int, on queue: any TaskQueue, until stop: StopSignal, acking: Bool
    ) throws {
        var held = 0
        while held < count, !stop.isSet {
            let request = ClaimRequest(limit: min(claim, count - held), shortestLease: RoundWorker.lease)
            guard let claim = try queue.exchange(acking: nil, claiming: request).claim else {
                throw HarnessError.run("only \(held) of \(count) tasks could be claimed")
            }
            held += claim.count
            if acking { _ = try queue.exchange(acking: claim, claiming: nil) }
        }
    }

    /// What the server says of itself once no other connection's buffers are in its memory.
    private static func readOnceAlone(_ control: RedisConnection) throws -> RedisServerInfo {
        let deadline = ContinuousClock.now + .seconds(2)
        while true {
            let info = try RedisServerInfo.read(control)
            if info.integer("connected_clients") <= 1 || ContinuousClock.now > deadline { return info }
            MonotonicClock.sleep(until: MonotonicClock.nanoseconds() + 2_000_000)
        }
    }
}

extension RedisServerInfo {
    /// INFO, on that connection.
    static func read(_ connection: RedisConnection) throws(RedisError) -> RedisServerInfo {
        RedisServerInfo(parsing: try connection.call("INFO").text())
    }
}
