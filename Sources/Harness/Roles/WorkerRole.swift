import Measurement
package import Messaging
import Processes
package import ReliableQueue
import Workload

/// One worker process: claims, computes, and writes its journals.
package struct WorkerRole: Sendable {
    /// The queue.
    package var queue: QueueAddress
    /// The folder for the journals; it must exist.
    package var folder: String
    /// The process' name in the journals: unique in the folder.
    package var name: String
    /// How many tasks may run at once.
    package var slots = 1
    /// The largest claim.
    package var claim = 256
    /// How many tasks are moved, locked and removed in one pipeline, in `lock`.
    package var lockDepth = 1
    /// The shortest lease.
    package var lease: Duration = .seconds(5)
    /// How often its monitor looks; `nil` for none.
    package var monitorInterval: Duration? = .milliseconds(500)

    /// The sink that messages are placed with, and how it is checked; `nil` for a worker that places none.
    package var sink: (address: SinkAddress, security: ClientSecurity)?
    /// How many tasks may compute at once, in a worker with a sink; `nil` for as many as there are processors.
    package var cores: Int?

    /// False for a worker that writes nothing down, and so can't be audited: for what measuring costs. It places no messages.
    package var keepsJournals = true

    /// How long a task may take; `nil` for as long as it likes.
    package var timeLimit: Duration?

    /// A worker on this queue.
    package init(queue: QueueAddress, folder: String, name: String) {
        self.queue = queue
        self.folder = folder
        self.name = name
    }

    /// Works until `stop` is set: with a sink many tasks at once and no thread for each, without one a thread a slot.
    ///
    /// - Throws: ``HarnessError`` when the server stays away or a journal can't be written.
    package func run(until stop: StopSignal) throws(HarnessError) {
        guard keepsJournals || sink == nil else {
            throw .usage("a worker that places messages keeps journals: leave out --no-journal, or --sink")
        }
        MonotonicClock.wakeOnTime()
        var worker = QueueWorker(queue.configuration)
        worker.configuration.lockDepth = lockDepth
        worker.slots = slots
        worker.largestClaim = claim
        worker.shortestLease = lease
        worker.monitorInterval = monitorInterval
        if let cores { worker.computeThreads = cores }
        worker.timeLimit = timeLimit
        let marks = ProcessMarks(.overdue, folder: folder, process: name)
        worker.onOverdue = { [name] task in
            marks.leave()
            let id = task.id.map { "\($0)" } ?? "something that is no task"
            StandardError.write("fibq: \(name): \(id) is over its time limit\n")
            // Its thread runs on: only a new process is rid of it.
            if task.isStuck { stop.set() }
        }
        let failure = FirstFailure()
        do {
            if let sink {
                try runConcurrently(worker, placingWith: sink, until: stop, failure)
            } else if !keepsJournals {
                try worker.run(until: stop) { _, _ in PlainHandler() }
            } else {
                try run(worker, until: stop, failure)
            }
        } catch {
            throw HarnessError(error)
        }
        if let error = failure.first { throw error }
    }

    private func run(_ worker: QueueWorker, until stop: StopSignal, _ failure: FirstFailure) throws(QueueError) {
        try worker.run(until: stop) { [folder, name, slots, probe = queue.probe] slot, source in
            do {
                let journals = SlotJournals(folder: folder, process: name, slot: slot, slots: slots)
                return try RecordingHandler(
                    journals: journals, source: source, probe: probe, onFailure: failure.note)
            } catch {
                failure.note(error)
                stop.set()
                return nil
            }
        }
    }

    private func runConcurrently(
        _ worker: QueueWorker, placingWith sink: (address: SinkAddress, security: ClientSecurity),
        until stop: StopSignal, _ failure: FirstFailure
    ) throws {
        let journals = SlotJournals(folder: folder, process: name, slot: 0, slots: 1)
        var settings = MessageClientSettings()
        settings.deadline = SinkConditions.deadline
        settings.onReachability = { [name] isReachable, words in
            StandardError.write("fibq: \(name): " + Self.line(isReachable, sink.address, words) + "\n")
        }
        try AsyncWork.finish { [settings] in
            try await withMessageClient(address: sink.address, security: sink.security, settings: settings) { client in
                let recorder = try ConcurrentRecorder(
                    journals: journals, client: client, stop: stop, probe: queue.probe
                ) { error in
                    failure.note(error)
                    stop.set()
                }
                defer { recorder.close() }
                try await worker.runConcurrently(until: stop, with: recorder)
            }
        }
    }

    /// What is said once when the sink goes, and once when it is back.
    private static func line(_ isReachable: Bool, _ sink: SinkAddress, _ words: String) -> String {
        isReachable
            ? "the sink at \(sink) answers again"
            : "the sink at \(sink) cannot be reached (\(words)): messages wait and are tried again"
    }
}
