package import ReliableQueue

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
    /// The shortest lease.
    package var lease: Duration = .seconds(5)
    /// How often its monitor looks; `nil` for none.
    package var monitorInterval: Duration? = .milliseconds(500)

    /// A worker on this queue.
    package init(queue: QueueAddress, folder: String, name: String) {
        self.queue = queue
        self.folder = folder
        self.name = name
    }

    /// Works until `stop` is set.
    ///
    /// - Throws: ``HarnessError`` when the server stays away or a journal can't be written.
    package func run(until stop: StopSignal) throws(HarnessError) {
        var worker = QueueWorker(queue.configuration)
        worker.slots = slots
        worker.largestClaim = claim
        worker.shortestLease = lease
        worker.monitorInterval = monitorInterval
        let failure = FirstFailure()
        do throws(QueueError) {
            try worker.run(until: stop) { slot, connection in
                do {
                    let journals = SlotJournals(folder: folder, process: name, slot: slot, slots: slots)
                    return try RecordingHandler(journals: journals, connection: connection, onFailure: failure.note)
                } catch {
                    failure.note(error)
                    stop.set()
                    return nil
                }
            }
        } catch {
            throw .queue(error)
        }
        if let error = failure.first { throw error }
    }
}
