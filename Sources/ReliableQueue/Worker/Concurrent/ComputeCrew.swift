import Dispatch
import Processes
import Synchronization

/// Threads that compute: they run work in the order in which it came, each with a bench of its own, so that computing
/// never holds a thread of the cooperative pool.
final class ComputeCrew<Bench>: Sendable {
    /// One piece of work, and what it is for.
    struct Work: Sendable {
        let item: WorkItem
        let body: @Sendable (inout Bench) -> TaskOutcome
    }

    private struct State {
        var line = WorkLine<Work>()
        var isClosed = false
    }

    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let inFlight: InFlight
    private let stop: StopSignal
    private let watch: CrewWatch?
    private let makeBench: @Sendable () -> Bench
    private let threads: Mutex<[DedicatedThread]>
    /// How many threads have a task that was given up and still runs.
    private let stuck = Atomic(0)

    init(
        _ count: Int, for inFlight: InFlight, until stop: StopSignal, watch: CrewWatch?,
        makeBench: @escaping @Sendable () -> Bench
    ) {
        self.inFlight = inFlight
        self.stop = stop
        self.watch = watch
        self.makeBench = makeBench
        threads = Mutex([])
        let started = (0..<count).map { index in
            DedicatedThread(name: "compute-\(index)") { self.work(makeBench()) }
        }
        threads.withLock { $0 = started }
    }

    /// Lines work up.
    func append(_ work: Work) {
        state.withLock { $0.line.append(CollectionOfOne(work)) }
        arrivals.signal()
    }

    /// How many threads have a task that was given up and still runs.
    var stuckThreads: Int { stuck.load(ordering: .acquiring) }

    /// Ends the threads once they have run, or passed over, what is lined up; does not wait for them where one is stuck.
    func close() {
        state.withLock { $0.isClosed = true }
        let threads = threads.withLock { $0 }
        for _ in threads { arrivals.signal() }
        if stuckThreads == 0 { for thread in threads { thread.join() } }
    }

    /// Starts another thread in the stead of one that is stuck: what is lined up must be run, or passed over, by somebody.
    private func replaceStuckThread() {
        stuck.add(1, ordering: .acquiringAndReleasing)
        let thread = DedicatedThread(name: "compute-again") { self.work(self.makeBench()) }
        threads.withLock { $0.append(thread) }
    }

    private func work(_ bench: consuming Bench) {
        while true {
            arrivals.wait()
            guard let work = state.withLock({ $0.line.takeFirst() }) else {
                if state.withLock({ $0.isClosed }) { return }
                continue
            }
            // What is not begun when the worker stops, or has lost its lease, is not begun at all.
            let began = monotonicNanoseconds()
            guard !stop.isSet, work.item.claim.lease.allowsStart(at: began) else {
                inFlight.end(work.item, nil)
                continue
            }
            // Before the task counts as ended: whoever closes this crew then must not wait for its thread.
            let ticket = watch?.begin(work.item, isComputing: true, willGiveUp: self.replaceStuckThread) { _ in }
            let outcome = work.body(&bench)
            if let ticket, let watch, watch.end(ticket) {
                // Another thread has taken this one's place.
                stuck.subtract(1, ordering: .acquiringAndReleasing)
                return
            }
            inFlight.end(work.item, outcome, took: monotonicNanoseconds() - began)
        }
    }
}
