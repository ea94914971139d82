import Redis

/// Watches one slot's tasks for their time limit, and settles in its stead a claim whose task is over it.
final class SlotWatch: Sendable {
    /// How long the server may take to answer. Others wait to be given up meanwhile, and a claim that is not settled is taken
    /// back by a monitor all the same.
    private static let patience = Duration.seconds(2)

    let watch: TaskWatch
    let slot: Int
    let crew: WorkerCrew
    let configuration: QueueConfiguration
    let onOverdue: @Sendable (OverdueTask) -> Void

    init(
        watch: TaskWatch, slot: Int, crew: WorkerCrew, configuration: QueueConfiguration,
        onOverdue: @escaping @Sendable (OverdueTask) -> Void
    ) {
        self.watch = watch
        self.slot = slot
        self.crew = crew
        self.configuration = configuration
        self.onOverdue = onOverdue
    }

    /// A claim that the slot's thread does not touch while its task runs.
    private struct Stuck: @unchecked Sendable {
        let claim: Claim
        let done: [Int]
        let index: Int
        let tellDone: ([AckAnswer]) -> Void
    }

    /// Begins to watch a task of a claim of which others are done.
    ///
    /// - Parameter tellDone: told of the answers to the acks of those, when the task is given up.
    func begin(
        _ index: Int, of claim: Claim, done: [Int], _ keeper: LeaseKeeper, tellDone: @escaping ([AckAnswer]) -> Void
    ) -> TaskWatch.Ticket {
        let stuck = Stuck(claim: claim, done: done, index: index, tellDone: tellDone)
        let id = claim.withTask(index) { task, _ in task?.id }
        return watch.begin { [self] in
            settle(stuck)
            keeper.letGo(stuck.claim.lease)
        } thenReport: { [self] isRunning in
            if isRunning { crew.slotIsStuck(slot) }
            onOverdue(OverdueTask(id: id, isStuck: isRunning))
        }
    }

    /// How the task came to its end. Unless that was in time, its claim is settled, or left to a monitor.
    func end(_ ticket: TaskWatch.Ticket) -> TaskWatch.Ending { watch.end(ticket) }

    /// Why a task is given up.
    var reason: String { watch.reason }

    private func settle(_ stuck: Stuck) {
        do throws(QueueError) {
            var configuration = configuration.ofShard(stuck.claim.lease.shard).serving(.worker)
            configuration.settings.connectTimeout = min(configuration.settings.connectTimeout, Self.patience)
            configuration.settings.commandTimeout = min(configuration.settings.commandTimeout, Self.patience)
            let queue = try configuration.open(keepTrying: { false })
            if !stuck.done.isEmpty { stuck.tellDone(try queue.ack(stuck.done, of: stuck.claim)) }
            _ = try queue.fail(stuck.index, of: stuck.claim, TaskFailure(reason: watch.reason))
            if stuck.claim.remaining > 0 { _ = try queue.release(stuck.claim) }
        } catch {
            // Without a server the lease runs out, and a monitor takes the claim back.
        }
    }
}
