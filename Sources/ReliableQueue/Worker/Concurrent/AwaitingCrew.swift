/// Runs work that waits, on Swift's cooperative pool: a child task each.
final class AwaitingCrew: Sendable {
    /// One piece of work, and what it is for.
    struct Work: Sendable {
        let item: WorkItem
        let body: @Sendable () async -> TaskOutcome
    }

    private let arrivals: AsyncStream<Work>
    private let continuation: AsyncStream<Work>.Continuation
    private let inFlight: InFlight
    private let stop: StopSignal

    init(for inFlight: InFlight, until stop: StopSignal) {
        self.inFlight = inFlight
        self.stop = stop
        // As many as there are slots at the most: the claimer takes no more.
        (arrivals, continuation) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Begins work.
    func append(_ work: Work) { continuation.yield(work) }

    /// Lets ``run()`` return once everything has ended.
    func close() { continuation.finish() }

    /// Runs what is appended, until it is closed. Call it once, in a task that nobody cancels.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await work in arrivals {
                group.addTask { await self.run(work) }
            }
        }
    }

    private func run(_ work: Work) async {
        if stop.isSet || work.item.claim.lease.isLost { return inFlight.end(work.item, nil) }
        let began = monotonicNanoseconds()
        let outcome = await work.body()
        inFlight.end(work.item, outcome, took: monotonicNanoseconds() - began)
    }
}
