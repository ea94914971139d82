import Synchronization

/// Runs work that waits, on Swift's cooperative pool: as many child tasks as there are slots, each of which does one
/// piece of work after another, and the next without a pause when there is one.
///
/// Work that is over its time limit is cancelled. When it has not ended after as long again it is let alone, and the worker
/// told to stop: only the end of the process ends it.
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

    /// Given once ``run()`` has nothing more to do.
    let hasEnded = StopSignal()
    private let stuck = Atomic(0)
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

    /// How many pieces of work were cancelled, and run on.
    var stuckTasks: Int { stuck.load(ordering: .acquiring) }

    /// Runs what is appended, until it is closed; does not wait for what is stuck. Call it once, in a task that nobody
    /// cancels.
    func run() async {
        defer { hasEnded.set() }
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
        let began = monotonicNanoseconds()
        guard !stop.isSet, work.item.claim.lease.allowsStart(at: began) else { return inFlight.end(work.item, nil) }
        guard let outcome = await outcome(of: work) else { return }
        inFlight.end(work.item, outcome, took: monotonicNanoseconds() - began)
    }

    /// Does a piece of work; `nil` when it was given up.
    private func outcome(of work: Work) async -> TaskOutcome? {
        guard let watch else { return await work.body() }
        let ending = WorkEnding()
        // Only a task of its own can be cancelled by itself, and let alone.
        let task = Task {
            // Let alone, and ended after all.
            if !ending.give(await work.body()) { self.stuck.subtract(1, ordering: .acquiringAndReleasing) }
        }
        let ticket = watch.begin(work.item, isComputing: false) { isRunning in
            if isRunning { self.cancel(task, ending, watch) }
        }
        let outcome = await ending.value
        return await watch.hasEnded(ticket) ? nil : outcome
    }

    private func cancel(_ task: Task<Void, Never>, _ ending: WorkEnding, _ watch: CrewWatch) {
        task.cancel()
        watch.afterTheLimitAgain { [self] in
            guard ending.give(nil) else { return }
            stuck.add(1, ordering: .acquiringAndReleasing)
            stop.set()
        }
    }
}

/// How a piece of work ends: with an outcome, or with nobody waiting for one any more.
private final class WorkEnding: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<TaskOutcome?, Never>)
        case ended(TaskOutcome?)
    }

    private let state = Mutex(State.open)

    /// Ends it; false when it has ended already.
    func give(_ outcome: TaskOutcome?) -> Bool {
        let (isNews, waiting) = state.withLock { state -> (Bool, CheckedContinuation<TaskOutcome?, Never>?) in
            switch state {
            case .ended: return (false, nil)
            case .awaited(let waiting):
                state = .ended(outcome)
                return (true, waiting)
            case .open:
                state = .ended(outcome)
                return (true, nil)
            }
        }
        waiting?.resume(returning: outcome)
        return isNews
    }

    /// The outcome, once it has ended; `nil` when nobody is to wait for one. To be asked for once.
    var value: TaskOutcome? {
        get async {
            await withCheckedContinuation { continuation in
                let outcome: TaskOutcome?? = state.withLock { state in
                    if case .ended(let outcome) = state { return .some(outcome) }
                    state = .awaited(continuation)
                    return .none
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        }
    }
}
