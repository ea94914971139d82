import Synchronization

/// Runs work that waits, on Swift's cooperative pool: as many child tasks as there are slots, each of which does one
/// piece of work after another, and the next without a pause when there is one.
final class AwaitingCrew: Sendable {
    /// One piece of work, and what it is for.
    struct Work: Sendable {
        let item: WorkItem
        let body: @Sendable () async -> TaskOutcome
    }

    private struct State {
        var line = WorkLine<Work>()
        var idle: [CheckedContinuation<Work?, Never>] = []
        var isClosed = false
    }

    private let slots: Int
    private let inFlight: InFlight
    private let stop: StopSignal
    private let watch: CrewWatch?
    private let state = Mutex(State())

    init(slots: Int, for inFlight: InFlight, until stop: StopSignal, watch: CrewWatch?) {
        self.slots = slots
        self.inFlight = inFlight
        self.stop = stop
        self.watch = watch
    }

    /// Hands work to who is idle, or lines it up.
    func append(_ work: Work) {
        let idle = state.withLock { state in
            let idle = state.idle.popLast()
            if idle == nil { state.line.append(CollectionOfOne(work)) }
            return idle
        }
        idle?.resume(returning: work)
    }

    /// Lets ``run()`` return once everything has ended.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle.removeAll() }
            return state.idle
        }
        for continuation in idle { continuation.resume(returning: nil) }
    }

    /// Runs what is appended, until it is closed. Call it once, in a task that nobody cancels.
    func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<slots {
                group.addTask {
                    while let work = await self.next() { await self.run(work) }
                }
            }
        }
    }

    /// The next piece of work, once there is one; `nil` at the end.
    private func next() async -> Work? {
        if let work = state.withLock({ $0.line.takeFirst() }) { return work }
        return await withCheckedContinuation { continuation in
            let (work, isOver) = state.withLock { state -> (Work?, Bool) in
                if let work = state.line.takeFirst() { return (work, true) }
                if !state.isClosed { state.idle.append(continuation) }
                return (nil, state.isClosed)
            }
            if isOver { continuation.resume(returning: work) }
        }
    }

    private func run(_ work: Work) async {
        // What is not begun when the worker stops, or has lost its lease, is not begun at all.
        if stop.isSet || work.item.claim.lease.isLost { return inFlight.end(work.item, nil) }
        let began = monotonicNanoseconds()
        let outcome: TaskOutcome
        if let watch {
            // Only a task of its own can be cancelled by itself.
            let task = Task { await work.body() }
            let ticket = watch.begin(work.item, isComputing: false) { isRunning in
                if isRunning { task.cancel() }
            }
            outcome = await task.value
            if await watch.hasEnded(ticket) { return }
        } else {
            outcome = await work.body()
        }
        inFlight.end(work.item, outcome, took: monotonicNanoseconds() - began)
    }
}
