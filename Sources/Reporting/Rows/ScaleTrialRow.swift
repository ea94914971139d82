/// A row of `scale_trials.csv`: what a task costs on some servers, in some shards.
package struct ScaleTrialRow: CSVTable, Sendable, Equatable {
    package static let fileName = "scale_trials.csv"
    package static let rowMeaning =
        "a trial of `fibq scale`: tasks that go round in a queue of some shards on some servers"

    package var key: RunKey
    package var protocolName: String
    package var servers: Int
    package var shards: Int
    package var workers: Int
    package var claim: Int
    package var roundTripMicroseconds: Int
    package var offeredPerSecond: Double?
    package var tasks: Int
    package var tasksPerClaim: Double
    package var durationSeconds: Double
    package var tasksPerSecond: Double
    package var redisMicrosecondsPerTask: Double
    package var redisIdleShare: Double
    package var busiestRedisShare: Double
    package var workerMicrosecondsPerTask: Double
    package var roundTripsPerTask: Double
    package var bytesPerTask: Double

    /// A row of the given values.
    package init(
        key: RunKey, protocolName: String, servers: Int, shards: Int, workers: Int, claim: Int,
        roundTripMicroseconds: Int, offeredPerSecond: Double?, tasks: Int, tasksPerClaim: Double,
        durationSeconds: Double, tasksPerSecond: Double, redisMicrosecondsPerTask: Double, redisIdleShare: Double,
        busiestRedisShare: Double, workerMicrosecondsPerTask: Double, roundTripsPerTask: Double, bytesPerTask: Double
    ) {
        self.key = key
        self.protocolName = protocolName
        self.servers = servers
        self.shards = shards
        self.workers = workers
        self.claim = claim
        self.roundTripMicroseconds = roundTripMicroseconds
        self.offeredPerSecond = offeredPerSecond
        self.tasks = tasks
        self.tasksPerClaim = tasksPerClaim
        self.durationSeconds = durationSeconds
        self.tasksPerSecond = tasksPerSecond
        self.redisMicrosecondsPerTask = redisMicrosecondsPerTask
        self.redisIdleShare = redisIdleShare
        self.busiestRedisShare = busiestRedisShare
        self.workerMicrosecondsPerTask = workerMicrosecondsPerTask
        self.roundTripsPerTask = roundTripsPerTask
        self.bytesPerTask = bytesPerTask
    }

    package static let attributes: [CSVAttribute<ScaleTrialRow>] = [
        CSVAttribute("protocol", .text, \.protocolName, "queue protocol"),
        CSVAttribute(
            "servers", .count, \.servers,
            "Redis processes: one alone (with a longer round trip a Cluster of one), or the masters of a Cluster"),
        CSVAttribute("shards", .count, \.shards, "shards of the queue, as many on each server"),
        CSVAttribute(
            "workers", .count, \.workers,
            "threads that claim, run, ack and enqueue, each with a connection of its own to each shard"),
        CSVAttribute("claim", .tasks, \.claim, "tasks of each claim, and of each batch that is enqueued"),
        CSVAttribute(
            "round_trip_us", .microseconds, \.roundTripMicroseconds,
            "how much longer than on this host it takes to a server and back"),
        CSVAttribute(
            "offered_per_s", .perSecond, \.offeredPerSecond,
            "tasks that are to go round each second; empty for as many as can"),
        CSVAttribute(
            "tasks", .tasks, \.tasks,
            "tasks that went round: claimed, run, acked, and replaced by as many new ones"),
        CSVAttribute("tasks_per_claim", .number, \.tasksPerClaim, "tasks ÷ claims"),
        CSVAttribute(
            "duration_s", .seconds, \.durationSeconds, "from the start of the first worker to the end of the last"),
        CSVAttribute("tasks_per_s", .perSecond, \.tasksPerSecond, "tasks ÷ duration_s"),
        CSVAttribute(
            "redis_us_per_task", .microsecondsPerTask, \.redisMicrosecondsPerTask,
            "CPU time of all servers (`used_cpu_user` + `used_cpu_sys`) ÷ tasks, the enqueue and their idling included"),
        CSVAttribute(
            "redis_idle_share", .ratio, \.redisIdleShare,
            "CPU time a second of all servers while nobody asked for anything, in half a second before the trial"),
        CSVAttribute(
            "busiest_redis_share", .ratio, \.busiestRedisShare, "CPU time of the busiest server ÷ duration_s"),
        CSVAttribute(
            "worker_us_per_task", .microsecondsPerTask, \.workerMicrosecondsPerTask,
            "CPU time of the workers' threads ÷ tasks, the enqueue and the computing of F(90) included"),
        CSVAttribute(
            "round_trips_per_task", .number, \.roundTripsPerTask, "times that a worker waited for a server ÷ tasks"),
        CSVAttribute(
            "bytes_per_task", .bytesPerTask, \.bytesPerTask,
            "bytes of RESP2 between workers and servers, both ways ÷ tasks"),
    ]
}
