import Glibc
import Processes
public import Redis
import Synchronization

/// A worker: slots that claim and run tasks, and for each of the queue's shards a keeper that renews their leases and a monitor
/// that takes back what other workers left. Each has a thread and connections of its own.
public struct QueueWorker: Sendable {
    /// The queue to work on.
    public var configuration: QueueConfiguration
    /// How many tasks may run at once.
    public var slots = 1
    /// How many of them may compute at once, in ``runConcurrently(until:with:)``; as many as there are processors, unless
    /// said otherwise.
    public var computeThreads = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    /// No claim holds more tasks, 1 to 4,096.
    public var largestClaim = 256
    /// No lease is shorter.
    public var shortestLease: Duration = .seconds(5)
    /// How often the monitor looks for expired leases; `nil` for a worker without a monitor.
    public var monitorInterval: Duration? = .milliseconds(500)
    /// How long a task may take; `nil` for as long as it likes. One that takes longer is taken from its slot and counts as
    /// failed, and the rest of its claim is acked or given back. What waits is cancelled; when it has not ended after as long
    /// again, the worker stops. What computes can't be stopped: its thread runs on, and the program should stop the worker
    /// (see ``onOverdue``). Either way the worker then throws ``QueueError/stuck(tasks:)``, and the process has to end.
    public var timeLimit: Duration?
    /// Told of each such task, on a thread of its own, once it is settled: with the queue in ``run(until:makeHandler:)``, unless
    /// that does not answer within some seconds; as a failure that is on its way in ``runConcurrently(until:with:)``.
    public var onOverdue: @Sendable (OverdueTask) -> Void = { _ in }
    /// One of the idle slots looks at least this often, should a wake-up be lost. Stopping does not wait for it.
    public var longestWait: Duration = .seconds(5)

    /// A worker on this queue.
    public init(_ configuration: QueueConfiguration) {
        self.configuration = configuration
    }

    /// Works until `stop` is set; then finishes the tasks that were begun, gives back the others, and returns.
    ///
    /// - Parameters:
    ///   - stop: ends the worker; a thread that fails sets it too.
    ///   - makeHandler: makes the handler of each slot, on the slot's own thread, with the slot's traffic; `nil` when
    ///     it cannot, which stops the worker.
    /// - Throws: the first error that ended a thread, after the other threads have ended too.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func run<Handler: TaskHandler>(
        until stop: StopSignal, makeHandler: @escaping @Sendable (_ slot: Int, any TrafficSource) -> Handler?
    ) throws(QueueError) {
        let crew = WorkerCrew(stop: stop, slots: slots)
        let watch = timeLimit.map(TaskWatch.init(limit:))
        let keeper = LeaseKeeper(shortestLease: shortestLease)
        let slotsDone = StopSignal()
        let shards = ShardAttendants(of: self, crew, keeper, until: slotsDone)
        let slotThreads = (0..<slots).map { index in
            crew.thread("slot-\(index)") { () throws(QueueError) in
                defer { crew.slotDidEnd(index) }
                try runSlot(index, crew, shards.board, keeper, watch, makeHandler)
            }
        }
        shards.begin()
        let watching = watch.map { watch in crew.thread("watch") { watch.run(until: slotsDone) } }
        crew.awaitSlots(on: configuration)
        // A thread that is stuck does not end before the process does.
        if crew.stuck == 0 { for thread in slotThreads { thread.join() } }
        slotsDone.set()
        watching?.join()
        shards.join()
        if let error = crew.firstError { throw error }
        if crew.stuck > 0 { throw .stuck(tasks: crew.stuck) }
    }

    private func runSlot<Handler: TaskHandler>(
        _ index: Int, _ crew: WorkerCrew, _ board: ShardBoard, _ keeper: LeaseKeeper, _ watch: TaskWatch?,
        _ makeHandler: (Int, any TrafficSource) -> Handler?
    ) throws(QueueError) {
        let queue = try ShardedClaims(configuration.serving(.worker), board, home: board.home + index) {
            [stop = crew.stop] in !stop.isSet
        }
        guard let handler = makeHandler(index, queue) else { return crew.stop.set() }
        var slot = WorkerSlot(
            queue: queue, keeper: keeper, stop: crew.stop, longestWait: longestWait * slots,
            waiting: crew.waiting[index],
            handler: handler,
            sizer: ClaimSizer(limit: largestClaim, shortestLease: shortestLease),
            overdue: watch.map { watch in
                SlotWatch(watch: watch, slot: index, crew: crew, configuration: configuration, onOverdue: onOverdue)
            })
        try slot.run()
    }
}
