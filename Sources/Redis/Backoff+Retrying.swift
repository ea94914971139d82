import Glibc

extension Backoff {
    /// Makes attempts, resting in between, until one succeeds, one fails for good, or the total time is over: that of
    /// the pauses and of the attempts themselves, which may each take as long as a connection waits.
    ///
    /// - Parameters:
    ///   - keepTrying: asked before each further attempt.
    ///   - isPassing: whether an error may be gone the next time.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func retrying<Result>(
        while keepTrying: () -> Bool, if isPassing: (RedisError) -> Bool, _ attempt: () throws(RedisError) -> Result
    ) throws(RedisError) -> Result {
        let deadline = ContinuousClock.now + total
        var pauses = attempts()
        while true {
            do throws(RedisError) {
                return try attempt()
            } catch {
                guard isPassing(error), ContinuousClock.now < deadline, keepTrying(), let pause = pauses.next() else {
                    throw error
                }
                usleep(UInt32(pause.microseconds))
            }
        }
    }
}
