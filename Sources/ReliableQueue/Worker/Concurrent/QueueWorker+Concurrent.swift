import Processes

extension QueueWorker {
    /// Works until `stop` is set, with up to `slots` tasks at once and not a thread for each; then lets what was begun
    /// end, gives back the rest, and returns.
    ///
    /// One thread claims, one acks what has ended, `computeThreads` run what computes, and Swift's cooperative pool runs
    /// what waits. So tasks that wait do not keep others from a core, nor are they kept from being claimed, placed and
    /// acked by tasks that compute. A slow receiver keeps slots occupied, and so slows claiming: what a worker holds is
    /// bounded by its slots, and what is claimed ahead: some milliseconds' work, or as many tasks again as there are slots.
    ///
    /// - Parameters:
    ///   - stop: ends the worker; a thread that fails sets it too, and so does the cancellation of the calling task.
    ///   - handler: says what each task's work is, and hears of its course.
    /// - Throws: the first error that ended a thread, after everything has ended; ``QueueError/stuck(tasks:)`` when tasks run on
    ///   that are over their time limit.
    public func runConcurrently(
        until stop: StopSignal, with handler: some ConcurrentTaskHandler
    ) async throws(QueueError) {
        let shift = ConcurrentShift(worker: self, handler: handler, until: stop)
        // What waits is run to its end even when the caller is cancelled: that only stops the worker.
        let awaiting = Task { await shift.awaiting.run() }
        let supervisor = DedicatedThread(name: "worker") { shift.run() }
        await withTaskCancellationHandler {
            await awaiting.value
        } onCancel: {
            stop.set()
        }
        supervisor.join()
        if let error = shift.crew.firstError { throw error }
        if shift.stuck > 0 { throw .stuck(tasks: shift.stuck) }
    }
}

/// The threads of a worker that runs many tasks at once.
private struct ConcurrentShift<Handler: ConcurrentTaskHandler>: Sendable {
    let worker: QueueWorker
    let handler: Handler
    /// Its one slot is the claimer: the only thread that blocks on the server.
    let crew: WorkerCrew
    let awaiting: AwaitingCrew
    private let inFlight: InFlight
    private let computing: ComputeCrew<Handler.Bench>
    private let watch: TaskWatch?

    /// How many tasks were given up and still run.
    var stuck: Int { computing.stuckThreads + awaiting.stuckTasks }

    init(worker: QueueWorker, handler: Handler, until stop: StopSignal) {
        self.worker = worker
        self.handler = handler
        let threads = max(1, min(worker.slots, worker.computeThreads))
        crew = WorkerCrew(stop: stop, slots: 1)
        inFlight = InFlight(
            slots: worker.slots, computeThreads: threads,
            sizer: ClaimSizer(limit: worker.largestClaim, shortestLease: worker.shortestLease))
        let watch = worker.timeLimit.map(TaskWatch.init(limit:))
        self.watch = watch
        let crewWatch = watch.map { [inFlight] watch in
            CrewWatch(watch: watch, inFlight: inFlight, onOverdue: worker.onOverdue)
        }
        awaiting = AwaitingCrew(slots: worker.slots, for: inFlight, until: stop, watch: crewWatch)
        computing = ComputeCrew(threads, for: inFlight, until: stop, watch: crewWatch) { handler.makeBench() }
    }

    /// Runs the threads until all have ended, then lets what waits end too.
    func run() {
        let keeper = LeaseKeeper(shortestLease: worker.shortestLease)
        let isSettled = StopSignal()
        let shards = ShardAttendants(of: worker, crew, keeper, until: isSettled)
        let claimer = crew.thread("claimer") { () throws(QueueError) in
            defer { endClaiming() }
            try claim(shards.board, keeper)
        }
        let settler = crew.thread("settler") { () throws(QueueError) in
            defer { isSettled.set() }
            try settle(shards.board, keeper)
        }
        shards.begin()
        let watching = watch.map { watch in crew.thread("watch") { watch.run(until: awaiting.hasEnded) } }
        crew.awaitSlots(on: worker.configuration) { inFlight.thereIsRoom.give() }
        claimer.join()
        // What has no slot yet gets one, and is passed over, when what waits has ended: the threads must be there for it.
        settler.join()
        computing.close()
        shards.join()
        awaiting.close()
        // What waits and does not heed its cancellation is let go by the watch.
        watching?.join()
    }

    private func endClaiming() {
        inFlight.close()
        crew.slotDidEnd(0)
    }

    private func claims(_ board: ShardBoard) throws(QueueError) -> ShardedClaims {
        try ShardedClaims(worker.configuration.serving(.worker), board, home: board.home) {
            [stop = crew.stop] in !stop.isSet
        }
    }

    private func claim(_ board: ShardBoard, _ keeper: LeaseKeeper) throws(QueueError) {
        try Claimer(
            queue: claims(board), keeper: keeper, stop: crew.stop, longestWait: worker.longestWait,
            waiting: crew.waiting[0],
            handler: handler, inFlight: inFlight, computing: computing, awaiting: awaiting
        ).run()
    }

    private func settle(_ board: ShardBoard, _ keeper: LeaseKeeper) throws(QueueError) {
        try Settler(
            queue: claims(board), keeper: keeper, stop: crew.stop, slots: worker.slots, handler: handler,
            inFlight: inFlight
        ).run()
    }
}
