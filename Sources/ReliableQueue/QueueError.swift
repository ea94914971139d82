public import Redis

/// What can go wrong with a queue.
public enum QueueError: Error, Equatable, Sendable {
    /// The server could not be used, after every attempt to reconnect.
    case redis(RedisError)
    /// The server may evict keys when memory is full: an evicted lease is a lost task.
    case mayEvict(policy: String)
    /// The server is over its memory limit, or could not write to its disk, and refuses to write: nothing was changed, or,
    /// where a step takes several commands, not all of it.
    case full
    /// The same, but of something that was said before, without an answer: it may have been done then.
    case unsettled
    /// The batch is in the queue, but fewer replicas have it than it takes to count as enqueued.
    case notReplicated(wanted: Int, have: Int)
    /// Tasks are over their time limit and can't be stopped: they are settled, but their threads run on until the process
    /// ends.
    case stuck(tasks: Int)
    /// The server's answer makes no sense: something else writes this queue's keys.
    case corrupt(what: String)
}

extension QueueError: CustomStringConvertible {
    /// One line that says what to do.
    public var description: String {
        switch self {
        case .redis(let error): "\(error)"
        case .mayEvict(let policy):
            "Redis may evict keys (maxmemory-policy is \(policy)), and an evicted lease is a lost task:"
                + " set maxmemory-policy noeviction"
        case .full: "Redis is over its memory limit, or its disk is full: nothing was enqueued"
        case .unsettled:
            "Redis is over its memory limit, or its disk is full, and an answer was lost before: the batch may be in the queue"
        case .notReplicated(let wanted, let have):
            "\(have) replicas have the batch, where \(wanted) are to: it is in the queue, but not counted as enqueued;"
                + " look after the replicas"
        case .stuck(let tasks): "\(tasks) tasks are over their time limit and cannot be stopped: the process has to end"
        case .corrupt(let what): "the queue's data is not as it was written: \(what)"
        }
    }
}
