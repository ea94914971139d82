import Processes
import Synchronization

/// What a worker has running beside its slots, for each shard that it serves: a thread that renews the leases of that shard, and
/// one that takes back what other workers left there. A shard whose server is away keeps neither the others' nor the slots from
/// their work. One thread more hears of new shards, and another wakes a slot when one is to watch over them.
final class ShardAttendants: Sendable {
    /// What the worker's threads know of the shards.
    let board = ShardBoard()

    private let worker: QueueWorker
    private let crew: WorkerCrew
    private let keeper: LeaseKeeper
    private let slotsDone: StopSignal
    private let threads = Mutex<[DedicatedThread]>([])
    private let attended = Mutex(0)

    /// - Parameter slotsDone: given once nothing is held any more that could be renewed.
    init(of worker: QueueWorker, _ crew: WorkerCrew, _ keeper: LeaseKeeper, until slotsDone: StopSignal) {
        (self.worker, self.crew, self.keeper, self.slotsDone) = (worker, crew, keeper, slotsDone)
    }

    /// Attends to the first shard, and to the others once they are heard of.
    func begin() {
        attend(upTo: 1)
        let watch = crew.thread("shards") { [self] () throws(QueueError) in
            var alarm = SlotAlarm(worker.configuration)
            var isNews = false
            try ShardWatch(worker.configuration.serving(.keeper)).run(until: crew.stop) { count in
                let wasNews = isNews
                isNews = board.serve(count.served)
                if isNews {
                    attend(upTo: count.served)
                    board.wantsWatch.give()
                }
                // Slots wait as if nothing could come up elsewhere. One that was about to is woken the next time.
                if isNews || wasNews { alarm.wake(crew.waiting) }
            }
        }
        let alarm = crew.thread("alarm") { [self] () throws(QueueError) in
            var alarm = SlotAlarm(worker.configuration)
            while !slotsDone.isSet {
                // While there is one shard nobody ever is.
                board.wantsWatch.take(upTo: board.served > 1 ? ShardWatch.period : .seconds(3_600))
                // One that was about to block is found the next time.
                if board.needsWatch, let slot = crew.waiting.first(where: { $0.client != nil }) { alarm.wake([slot]) }
            }
        }
        threads.withLock { $0 += [watch, alarm] }
    }

    /// Waits until all threads have ended. The worker is stopping, and its slots are done.
    func join() {
        board.wantsWatch.give()
        while let thread = threads.withLock({ $0.popLast() }) { thread.join() }
    }

    private func attend(upTo count: Int) {
        let new = attended.withLock { attended in
            defer { attended = max(attended, count) }
            return attended..<max(attended, count)
        }
        for shard in new {
            let configuration = worker.configuration.ofShard(shard)
            let renewal = crew.thread("renewal-\(shard)") { [self] () throws(QueueError) in
                try board.persist(until: slotsDone) { () throws(QueueError) in
                    let queue = try configuration.serving(.keeper).open { [slotsDone] in !slotsDone.isSet }
                    try keeper.run(on: queue, shard: shard, until: slotsDone)
                }
            }
            threads.withLock { $0.append(renewal) }
            guard let interval = worker.monitorInterval else { continue }
            let monitor = crew.thread("monitor-\(shard)") { [self] () throws(QueueError) in
                try board.persist(until: crew.stop) { () throws(QueueError) in
                    try QueueMonitor(configuration, interval: interval).run(until: crew.stop)
                }
            }
            threads.withLock { $0.append(monitor) }
        }
    }
}
