/// What a worker asks for.
public struct ClaimRequest: Sendable {
    /// No more tasks than this, 1 to 4,096.
    public var limit: Int
    /// The lease is at least this long, and longer by twice the time that the tasks are expected to take.
    public var shortestLease: Duration
    /// Take as many tasks as fill this much time.
    public var quantum: Duration
    /// How long a task takes on average, by the worker's own measure.
    public var averageTask: Duration
    /// How long each kind takes, by the worker's own measure; it overrules what tasks say of themselves.
    public var kinds: [String: Duration]
    /// True when kinds differ so much that the tasks must be looked at one by one to fill the quantum.
    public var isMixed: Bool

    /// A request for up to `limit` tasks of unknown length.
    public init(
        limit: Int = 256, shortestLease: Duration = .seconds(5), quantum: Duration = .milliseconds(10),
        averageTask: Duration = .zero, kinds: [String: Duration] = [:], isMixed: Bool = false
    ) {
        self.limit = limit
        self.shortestLease = shortestLease
        self.quantum = quantum
        self.averageTask = averageTask
        self.kinds = kinds
        self.isMixed = isMixed
    }

    /// The same for no more than so many tasks.
    func limited(to most: Int) -> ClaimRequest {
        var request = self
        request.limit = min(limit, most)
        return request
    }
}
