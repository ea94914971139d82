package import ReliableQueue

/// One monitor process: takes back what vanished workers hold.
package struct MonitorRole: Sendable {
    /// The queue.
    package var queue: QueueAddress
    /// How often it looks.
    package var interval: Duration

    /// A monitor of this queue.
    package init(queue: QueueAddress, interval: Duration) {
        self.queue = queue
        self.interval = interval
    }

    /// Watches all shards until `stop` is set; `report` hears of each recovery.
    package func run(
        until stop: StopSignal, report: @escaping @Sendable (Recovery) -> Void
    ) throws(HarnessError) {
        guard queue.queueProtocol != .pop else { throw .usage("the protocol pop knows no recovery: no monitor for it") }
        do throws(QueueError) {
            try ShardMonitors(queue.configuration, interval: interval).run(until: stop, report: report)
        } catch {
            throw .queue(error)
        }
    }
}
