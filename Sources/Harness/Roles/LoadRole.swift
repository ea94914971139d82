import Measurement
import Redis
package import ReliableQueue
package import Workload

/// One generator process: sends the tasks of a plan at their time, and writes its journals.
package struct LoadRole: Sendable {
    /// The queue.
    package var queue: QueueAddress
    /// The folder for the journals; it must exist.
    package var folder: String
    /// The process' name in the journals: unique in the folder.
    package var name: String
    /// The most tasks that are sent together.
    package var batch = 256

    /// How many replicas must have a batch before it counts as sent.
    package var replicas = 0
    /// How many bytes the queue carries for a task at least.
    package var payloadBytes = 0
    /// How many acknowledged batches are kept, to be sent again should the server lose them.
    package var producerKeeps = 64

    /// A generator for this queue.
    package init(queue: QueueAddress, folder: String, name: String) {
        self.queue = queue
        self.folder = folder
        self.name = name
    }

    /// Sends the plan's tasks until it is done or `stop` is set.
    ///
    /// In an open loop a stalled server delays the sending, never the schedule, and every task keeps the time at which it
    /// should have been sent. A closed one needs the workers' journals in the same folder.
    ///
    /// - Parameters:
    ///   - start: when the schedule begins, in nanoseconds of the monotonic clock; `nil` for as soon as it can.
    ///   - length: how long tasks are sent in a closed loop, whose plan does not say; `nil` for as long as there are any.
    package func run(
        _ plan: TaskPlan, loop: LoadLoop, from start: UInt64? = nil, for length: Duration? = nil, until stop: StopSignal
    ) throws(HarnessError) -> LoadReport {
        MonotonicClock.wakeOnTime()
        do {
            var configuration = queue.configuration.serving(.producer)
            configuration.replicas = replicas
            let producer = try ShardedProducer(configuration, keeps: producerKeeps, keepTrying: { !stop.isSet })
            // The audit finds a task's plan by its producer's id.
            let identity = JournalIdentity(
                role: "load", name: String(producer.id, radix: 16), labels: JournalLabels.all)
            var generator = LoadGenerator(
                producer, try ThreadAccount(),
                try Journal(creating: "\(folder)/\(name)" + SlotJournals.enqueuesSuffix, identity: identity),
                try Journal(creating: "\(folder)/\(name)" + SlotJournals.cyclesSuffix, identity: identity),
                loop: loop, payloadBytes: payloadBytes,
                until: stop)
            if case .closed = loop { generator.follow(try CompletedTasks(folder: folder)) }
            try generator.send(plan, batchLimit: batch, from: start, for: length)
            return LoadReport(lost: producer.lostTasks, resent: producer.resentTasks)
        } catch {
            throw HarnessError(error)
        }
    }
}

/// What a generator noticed about the server.
package struct LoadReport: Equatable, Sendable {
    /// Acknowledged tasks that the server lost and that could not be sent again.
    package let lost: Int
    /// Acknowledged tasks that the server lost and that were sent again.
    package let resent: Int

    /// It in words; `nil` when the server lost nothing.
    package var notice: String? {
        guard lost + resent > 0 else { return nil }
        return "Redis came back without batches that it had acknowledged: \(resent) of their tasks were sent again,"
            + " of \(lost) there is no copy; what was done before is not affected"
    }
}
