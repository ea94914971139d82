import Measurement
import Redis
import ReliableQueue

/// Tasks in claims of workers that are gone.
struct OrphanedTasks {
    /// How many there are.
    let count: Int
    /// In how many claims.
    let claims: Int

    /// Enqueues tasks, claims them all, and does nothing more for the claims.
    ///
    /// The claims are made evenly over the outage. When this returns the lease of each has run out.
    ///
    /// - Returns: `nil` when `stop` was set.
    static func make(
        _ settings: RecoverySettings, at configuration: QueueConfiguration, until stop: StopSignal
    ) throws -> OrphanedTasks? {
        let queue = try configuration.open(keepTrying: { !stop.isSet })
        try fill(queue, settings.tasks, until: stop)
        guard !stop.isSet else { return nil }
        var request = ClaimRequest(limit: settings.claim, shortestLease: settings.lease)
        request.quantum = .seconds(3_600)
        let (began, outage) = (MonotonicClock.nanoseconds(), settings.outage.seconds * 1e9)
        var (claims, claimed) = (0, 0)
        while claimed < settings.tasks {
            guard let claim = try queue.exchange(acking: nil, claiming: request).claim else {
                throw HarnessError.run("only \(claimed) of \(settings.tasks) tasks could be claimed")
            }
            claims += 1
            claimed += claim.count
            let next = began + UInt64(outage * Double(claimed) / Double(settings.tasks))
            guard !pause(until: next, stop) else { return nil }
        }
        guard !stop.wait(upTo: settings.lease + .milliseconds(100)) else { return nil }
        return OrphanedTasks(count: claimed, claims: claims)
    }

    /// True when it was told to stop.
    private static func pause(until time: UInt64, _ stop: StopSignal) -> Bool {
        let now = MonotonicClock.nanoseconds()
        return time > now ? stop.wait(upTo: .nanoseconds(Int64(time - now))) : stop.isSet
    }

    private static func fill(_ queue: any TaskQueue, _ tasks: Int, until stop: StopSignal) throws {
        let producer = QueueProducer(queue: queue, keeps: 0)
        var batch = TaskBatch()
        for first in stride(from: 0, to: tasks, by: TaskBatch.largest) where !stop.isSet {
            batch.removeAll()
            for number in first..<min(tasks, first + TaskBatch.largest) {
                // As long as the payload that a run's tasks have.
                batch.add(kind: "orphan", payload: repeatElement(UInt8(truncatingIfNeeded: number), count: 32))
            }
            try producer.enqueue(batch)
        }
        if !stop.isSet { try producer.finish() }
    }
}
