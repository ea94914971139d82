import Processes
import Synchronization

/// Takes back what vanished workers hold in any shard of a queue, and nothing else: a ``QueueMonitor`` for each shard, on a thread
/// of its own. Hears of new shards within ``ShardWatch/period``.
public struct ShardMonitors: Sendable {
    /// The queue to watch.
    public let configuration: QueueConfiguration
    /// How often to look for expired leases.
    public let interval: Duration

    /// Monitors of this queue.
    public init(_ configuration: QueueConfiguration, interval: Duration) {
        self.configuration = configuration
        self.interval = interval
    }

    /// Watches until `stop` is set. A shard whose server stays away ends it when there is no other.
    ///
    /// - Parameters:
    ///   - stop: ends it; a shard's error sets it too.
    ///   - report: called after each step that put a task back or buried one, on the thread of its shard.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func run(
        until stop: StopSignal, report: @escaping @Sendable (Recovery) -> Void = { _ in }
    ) throws(QueueError) {
        let board = ShardBoard()
        let failure = Mutex<QueueError?>(nil)
        var threads: [DedicatedThread] = []
        func watch(upTo count: Int) {
            while threads.count < count {
                let configuration = configuration.ofShard(threads.count)
                threads.append(
                    DedicatedThread(name: "monitor-\(threads.count)") {
                        do throws(QueueError) {
                            try board.persist(until: stop) { () throws(QueueError) in
                                try QueueMonitor(configuration, interval: interval).run(until: stop, report: report)
                            }
                        } catch {
                            failure.withLock { $0 = $0 ?? error }
                            stop.set()
                        }
                    })
            }
        }
        watch(upTo: 1)
        do throws(QueueError) {
            try ShardWatch(configuration.serving(.monitor)).run(until: stop) { count in
                if board.serve(count.served) { watch(upTo: count.served) }
            }
        } catch {
            failure.withLock { $0 = $0 ?? error }
            stop.set()
        }
        for thread in threads { thread.join() }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
