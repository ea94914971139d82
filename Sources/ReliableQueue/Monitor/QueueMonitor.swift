/// Takes back what vanished workers hold, and nothing else. Any number may run at once, without a leader: each worker
/// carries one, and one may stand alone.
public struct QueueMonitor: Sendable {
    /// The queue to watch.
    public let configuration: QueueConfiguration
    /// How often to look for expired leases.
    public let interval: Duration

    /// A monitor of this queue.
    public init(_ configuration: QueueConfiguration, interval: Duration) {
        self.configuration = configuration
        self.interval = interval
    }

    /// Watches until `stop` is set, also while the server is full: then what it could not put back is left to others.
    ///
    /// - Parameter report: called after each step that put a task back or buried one.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func run(until stop: StopSignal, report: (Recovery) -> Void = { _ in }) throws(QueueError) {
        do throws(QueueError) {
            try watch(until: stop, report)
        } catch {
            guard error == .full, stop.isSet else { throw error }
        }
    }

    private func watch(until stop: StopSignal, _ report: (Recovery) -> Void) throws(QueueError) {
        let queue = try configuration.serving(.monitor).open(keepTrying: { !stop.isSet })
        guard queue.recovers else { return }
        while !stop.isSet {
            let began = monotonicNanoseconds()
            let recovery = try queue.recover()
            if recovery.recovered + recovery.dead > 0 { report(recovery) }
            let took = Duration.nanoseconds(Int64(monotonicNanoseconds() - began))
            _ = stop.wait(upTo: pause(after: recovery, took: took))
        }
    }

    /// How long to rest after a step: as long as it took while there is more to take back, so that a mass of expired
    /// claims never has the server to itself; an interval while leases are held; and a second, or an interval if that is
    /// longer, while there is nothing to watch.
    package func pause(after recovery: Recovery, took: Duration) -> Duration {
        if recovery.hasMore { return took }
        return recovery.nextExpiry == nil ? max(interval, .seconds(1)) : interval
    }
}
