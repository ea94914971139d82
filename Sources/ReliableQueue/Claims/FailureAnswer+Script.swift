import Redis

// What the scripts that fail a task take and answer.
extension CommandWriter {
    /// A failure's reason, and the limits that decide what becomes of its task.
    mutating func arguments(of failure: TaskFailure, _ configuration: QueueConfiguration) {
        argument(failure.reason)
        argument(failure.isRetryable ? configuration.mostFailures : 0)
        argument(Int(configuration.firstDelay.milliseconds))
        argument(Int(configuration.longestDelay.milliseconds))
        argument(String(Double.random(in: 0.5...1)))
    }
}

extension FailureAnswer {
    /// Reads a script's answer.
    init(decoding reply: borrowing RedisReply) throws(RedisError) {
        self =
            switch try reply.integer(at: 0) {
            case 1: .delayed(.milliseconds(try reply.integer(at: 1)))
            case 2: .dead
            default: .stale
            }
    }
}
