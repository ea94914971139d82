/// A row of `growth_trials.csv`: what a task costs in a queue of a given size.
package struct GrowthTrialRow: CSVTable, Sendable, Equatable {
    package static let fileName = "growth_trials.csv"
    package static let rowMeaning =
        "a trial of `fibq growth`: tasks that go round in a queue that is held at a size"

    package var key: RunKey
    package var law: String
    package var size: Int
    package var protocolName: String
    package var durability: String
    package var backlog: Int
    package var inFlight: Int
    package var workers: Int
    package var payloadBytesPerTask: Double
    package var claim: Int
    package var tasks: Int
    package var tasksPerClaim: Double
    package var durationSeconds: Double
    package var redisMicrosecondsPerTask: Double
    package var workerMicrosecondsPerTask: Double
    package var wallMicrosecondsPerTask: Double
    package var tasksPerSecond: Double
    package var enqueueRedisMicrosecondsPerTask: Double
    package var redisMemoryBytesPerTask: Double

    /// A row of the given values.
    package init(
        key: RunKey, law: String, size: Int, protocolName: String, durability: String, backlog: Int, inFlight: Int,
        workers: Int, payloadBytesPerTask: Double, claim: Int, tasks: Int, tasksPerClaim: Double,
        durationSeconds: Double, redisMicrosecondsPerTask: Double, workerMicrosecondsPerTask: Double,
        wallMicrosecondsPerTask: Double, tasksPerSecond: Double, enqueueRedisMicrosecondsPerTask: Double,
        redisMemoryBytesPerTask: Double
    ) {
        self.key = key
        self.law = law
        self.size = size
        self.protocolName = protocolName
        self.durability = durability
        self.backlog = backlog
        self.inFlight = inFlight
        self.workers = workers
        self.payloadBytesPerTask = payloadBytesPerTask
        self.claim = claim
        self.tasks = tasks
        self.tasksPerClaim = tasksPerClaim
        self.durationSeconds = durationSeconds
        self.redisMicrosecondsPerTask = redisMicrosecondsPerTask
        self.workerMicrosecondsPerTask = workerMicrosecondsPerTask
        self.wallMicrosecondsPerTask = wallMicrosecondsPerTask
        self.tasksPerSecond = tasksPerSecond
        self.enqueueRedisMicrosecondsPerTask = enqueueRedisMicrosecondsPerTask
        self.redisMemoryBytesPerTask = redisMemoryBytesPerTask
    }

    package static let attributes: [CSVAttribute<GrowthTrialRow>] = [
        CSVAttribute(
            "law", .text, \.law,
            "what is varied: `backlog`, `in-flight`, `workers`, `payload` or `claim`"),
        CSVAttribute(
            "size", .number, \.size,
            "its value, also in its own column"),
        CSVAttribute(
            "protocol", .text, \.protocolName,
            "queue protocol"),
        CSVAttribute(
            "durability", .text, \.durability,
            "what the server promises about a write"),
        CSVAttribute(
            "backlog", .tasks, \.backlog,
            "tasks that wait, before and after the trial; meanwhile fewer by those that go round"),
        CSVAttribute(
            "in_flight", .tasks, \.inFlight,
            "tasks that are held all the time by claims that nobody acks, beside those that go round"),
        CSVAttribute(
            "workers", .count, \.workers,
            "threads that claim, run, ack and enqueue, each with a connection of its own"),
        CSVAttribute(
            "payload_bytes_per_task", .bytesPerTask, \.payloadBytesPerTask,
            "length of a payload, on average"),
        CSVAttribute(
            "claim", .tasks, \.claim,
            "most tasks taken together; in `lock` the depth of its pipeline"),
        CSVAttribute(
            "tasks", .tasks, \.tasks,
            "tasks that went round: claimed, run, acked, and replaced by as many new ones"),
        CSVAttribute(
            "tasks_per_claim", .number, \.tasksPerClaim,
            "tasks ÷ claims"),
        CSVAttribute(
            "duration_s", .seconds, \.durationSeconds,
            "from the start of the first worker to the end of the last"),
        CSVAttribute(
            "redis_us_per_task", .microsecondsPerTask, \.redisMicrosecondsPerTask,
            "CPU time of Redis (`used_cpu_user` + `used_cpu_sys`) ÷ tasks, the enqueue included"),
        CSVAttribute(
            "worker_us_per_task", .microsecondsPerTask, \.workerMicrosecondsPerTask,
            "CPU time of the workers' threads ÷ tasks, the enqueue and the computing of F(90) included"),
        CSVAttribute(
            "wall_us_per_task", .microsecondsPerTask, \.wallMicrosecondsPerTask,
            "duration_s ÷ tasks"),
        CSVAttribute(
            "tasks_per_s", .perSecond, \.tasksPerSecond,
            "tasks ÷ duration_s"),
        CSVAttribute(
            "enqueue_redis_us_per_task", .microsecondsPerTask, \.enqueueRedisMicrosecondsPerTask,
            "CPU time of Redis for a task that was enqueued while the queue was filled, 256 at a time as in the trial itself; rough for few tasks"
        ),
        CSVAttribute(
            "redis_memory_bytes_per_task", .bytesPerTask, \.redisMemoryBytesPerTask,
            "memory (`used_memory`) of the full queue beyond that of the empty one ÷ (backlog + in_flight)"),
    ]
}
