import Measurement
import Processes
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

    /// Works until it is to end.
    func run(on configuration: QueueConfiguration, _ orphans: OrphanedTasks) {
        do { try work(on: configuration, orphans) } catch { failure.note(error) }
    }

    private func work(on configuration: QueueConfiguration, _ orphans: OrphanedTasks) throws {
        let queue = try configuration.serving(.worker).open(keepTrying: { [isOver] in !isOver.isSet })
        let request = ClaimRequest()
        var wasSeen = [Bool](repeating: false, count: orphans.count)
        var claim: Claim?
        while !isOver.isSet {
            let finished = claim
            claim = nil
            let exchange = try timed { try queue.exchange(acking: finished, claiming: request) }
            if let finished, exchange.ack == .acked { note(finished, &wasSeen) }
            claim = exchange.claim
            if claim == nil {
                claim = try queue.awaitClaim(request, upTo: .milliseconds(50)).claim
            }
            if let claimed = claim, claimed.isRedelivery, try !timed({ try queue.confirm(claimed) }) { claim = nil }
        }
        if let claim { _ = try queue.release(claim) }
    }

    private func timed<Result>(_ question: () throws -> Result) throws -> Result {
        let began = MonotonicClock.nanoseconds()
        let result = try question()
        let took = MonotonicClock.nanoseconds() - began
        let isDuring = recovers.load(ordering: .relaxed)
        notes.withLock { notes in
            if isDuring { notes.during.record(took) } else { notes.after.record(took) }
        }
        return result
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
