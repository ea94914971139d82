import Measurement
import Processes
import Redis
import ReliableQueue
import Synchronization

/// A worker that does nothing with tasks but claim and ack them, and notes how long it waits for each answer.
final class WaitingWorker: Sendable {
    /// What it has seen.
    struct Notes {
        /// How long its questions took while there was something to recover, and afterwards.
        var during = LatencyHistogram()
        var after = LatencyHistogram()
        /// Tasks that it acked, and those that it acked before.
        var acked = 0
        var doubled = 0
    }

    private let notes = Mutex(Notes())
    private let recovers = Atomic(true)
    private let failure = FirstFailure()
    private let isOver = StopSignal()

    /// What it has seen by now.
    var seen: Notes { notes.withLock { $0 } }

    /// Why it could not go on.
    var problem: (any Error)? { failure.first }

    /// From now on its waits are those after the recovery.
    func noteRecovered() { recovers.store(false, ordering: .relaxed) }

    /// Lets it end once it has nothing more to do.
    func finish() { isOver.set() }

    /// Works until it is to end, with leases as long as those that it waits for: in `stream` the longest is everybody's.
    func run(on configuration: QueueConfiguration, _ orphans: OrphanedTasks, lease: Duration) {
        do { try work(on: configuration, orphans, lease) } catch { failure.note(error) }
    }

    private func work(on configuration: QueueConfiguration, _ orphans: OrphanedTasks, _ lease: Duration) throws {
        let queue = try configuration.serving(.worker).open(keepTrying: { [isOver] in !isOver.isSet })
        let request = ClaimRequest(shortestLease: lease)
        var wasSeen = [Bool](repeating: false, count: orphans.count)
        var claim: Claim?
        while !isOver.isSet {
            let finished = claim
            claim = nil
            let exchange = try timed { try queue.exchange(acking: finished, claiming: request) }
            if let finished, exchange.ack == .acked { note(finished, &wasSeen) }
            claim = exchange.claim
            if claim == nil {
                claim = try timed { try queue.awaitClaim(request, upTo: .milliseconds(50)) }.claim
            }
            if let claimed = claim, claimed.isRedelivery, try !confirm(claimed, on: queue) { claim = nil }
        }
        if let claim { _ = try queue.release(claim) }
    }

    /// What it waits for an answer, without what it slept on an empty queue.
    private func timed(_ question: () throws -> Exchange) throws -> Exchange {
        let began = MonotonicClock.nanoseconds()
        let exchange = try question()
        let took = MonotonicClock.nanoseconds() - began
        record(took - min(took, UInt64(exchange.blockedFor.seconds * 1e9)))
        return exchange
    }

    private func confirm(_ claim: Claim, on queue: any TaskQueue) throws -> Bool {
        let began = MonotonicClock.nanoseconds()
        let isHeld = try queue.confirm(claim)
        record(MonotonicClock.nanoseconds() - began)
        return isHeld
    }

    private func record(_ took: UInt64) {
        let isDuring = recovers.load(ordering: .relaxed)
        notes.withLock { notes in
            if isDuring { notes.during.record(took) } else { notes.after.record(took) }
        }
    }

    private func note(_ claim: Claim, _ wasSeen: inout [Bool]) {
        var (acked, doubled) = (0, 0)
        for task in 0..<claim.count {
            claim.withTask(task) { task, _ in
                guard let id = task?.id else { return }
                let number = (Int(id.batch) - 1) * TaskBatch.largest + Int(id.index)
                if wasSeen[number] { doubled += 1 } else { acked += 1 }
                wasSeen[number] = true
            }
        }
        notes.withLock { notes in
            notes.acked += acked
            notes.doubled += doubled
        }
    }
}
