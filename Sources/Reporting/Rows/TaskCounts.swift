/// What became of a run's tasks, as the audit counted them: `sent` = `acked` + `dead` + `leftInRedis` + `lost`.
package struct TaskCounts: Sendable, Equatable {
    /// Tasks whose enqueue Redis acknowledged.
    package var sent: Int
    /// Tasks sent whose enqueue got no answer; they are no part of `sent`.
    package var unacknowledged: Int
    /// Of `sent`: tasks whose ack the queue took, `ackedUnconfirmed` included.
    package var acked: Int
    /// Of `acked`: the worker did not live to see the answer, and Redis no longer holds the task.
    package var ackedUnconfirmed: Int
    /// Attempts that failed.
    package var failed: Int
    /// Of `sent`: tasks not acked and in the dead-letter list at the end.
    package var dead: Int
    /// Of `sent`: neither acked nor in Redis at the end; `nil` when Redis could not be asked.
    package var lost: Int?
    /// Executions beyond a task's first; a retry after a failure counts too.
    package var duplicated: Int
    /// Of `unacknowledged`: tasks that ran all the same; neither lost nor unexpected.
    package var recovered: Int
    /// Attempts, and elements found in Redis, of no task that was sent.
    package var unexpected: Int
    /// Attempts whose ack was refused, since their lease was gone.
    package var staleAcks: Int
    /// Attempts whose claim was gone when their ack was repeated.
    package var unknownAcks: Int
    /// Of `sent`: tasks not acked and still in the queue at the end; `nil` when Redis could not be asked.
    package var leftInRedis: Int?
    /// Attempts that ran to their end, failed ones included.
    package var executions: Int
    /// Attempts that the queue knows not to be their task's first: after a failure, a lost worker, or a lease that ran out.
    package var retries: Int
    /// Results that differ from the exact value, of methods that round.
    package var inexactResults: Int
    /// Results that differ from the exact value, of methods that must not.
    package var wrongResults: Int
    /// Workers that were ended by a signal during the run.
    package var workerDeaths: Int
    /// Processes started in place of one that was ended by a signal.
    package var workerRestarts: Int
    /// Attempts that were given up at their time limit.
    package var overTimeLimit: Int

    /// Counts of the given values.
    package init(
        sent: Int, unacknowledged: Int, acked: Int, ackedUnconfirmed: Int, failed: Int, dead: Int, lost: Int?,
        duplicated: Int, recovered: Int, unexpected: Int, staleAcks: Int, unknownAcks: Int, leftInRedis: Int?,
        executions: Int, retries: Int, inexactResults: Int, wrongResults: Int, workerDeaths: Int, workerRestarts: Int,
        overTimeLimit: Int
    ) {
        self.sent = sent
        self.unacknowledged = unacknowledged
        self.acked = acked
        self.ackedUnconfirmed = ackedUnconfirmed
        self.failed = failed
        self.dead = dead
        self.lost = lost
        self.duplicated = duplicated
        self.recovered = recovered
        self.unexpected = unexpected
        self.staleAcks = staleAcks
        self.unknownAcks = unknownAcks
        self.leftInRedis = leftInRedis
        self.executions = executions
        self.retries = retries
        self.inexactResults = inexactResults
        self.wrongResults = wrongResults
        self.workerDeaths = workerDeaths
        self.workerRestarts = workerRestarts
        self.overTimeLimit = overTimeLimit
    }
}
