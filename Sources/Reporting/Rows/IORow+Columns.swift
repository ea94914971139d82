extension IORow {
    package static let attributes: [CSVAttribute<IORow>] = [
        CSVAttribute("task_kind", .text, \.taskKind, "name of the task kind"),
        CSVAttribute("role", .text, \.role, "`worker` or `generator`"),
        CSVAttribute(
            "tasks", .tasks, \.tasks,
            "attempts that ran to their end (for a generator: tasks of batches that were answered)"),
        CSVAttribute(
            "wall_s", .seconds, \.wallSeconds,
            "wall time of the role's loop spent on tasks of this kind, without idle waits"),
        CSVAttribute("cpu_s", .seconds, \.cpuSeconds, "CPU time in it"),
        CSVAttribute(
            "io_wait_s", .seconds, \.ioWaitSeconds,
            "time in it waiting: for Redis, for gRPC, or in a task that is all waiting (`sleep`)"),
        CSVAttribute(
            "other_wait_s", .seconds, \.otherWaitSeconds,
            "time in it ready to run without a core: run-queue delay and throttling, as the kernel counts them"),
        CSVAttribute(
            "residual_s", .seconds, derived: \.residualSeconds,
            "wall_s − cpu_s − io_wait_s − other_wait_s: what nothing accounts for; may be a little below 0"),
        CSVAttribute(
            "cpu_share", .ratio, derived: \.cpuShare, "cpu_s ÷ wall_s; above 1 where residual_s is far below 0"),
        CSVAttribute("io_share", .share, derived: \.ioShare, "io_wait_s ÷ wall_s"),
        CSVAttribute(
            "suggested_concurrency", .number, derived: \.suggestedConcurrency,
            "1 + io_wait_s ÷ cpu_s: executions at a time that would keep a core busy"),
        CSVAttribute(
            "predicted_per_s", .perSecond, derived: \.predictedPerSecond,
            "tasks ÷ cpu_s: tasks of this kind a second that a core kept busy by so many would do"
        ),
        CSVAttribute(
            "redis_round_trips", .count, \.traffic.redisRoundTrips,
            "waits for Redis; a pipeline is one. See below for what is counted"),
        CSVAttribute("redis_commands", .count, \.traffic.redisCommands, "commands sent to Redis, likewise"),
        CSVAttribute("redis_bytes_out", .bytes, \.traffic.redisBytesOut, "bytes sent to Redis, likewise"),
        CSVAttribute("redis_bytes_in", .bytes, \.traffic.redisBytesIn, "bytes received from Redis, likewise"),
        CSVAttribute("grpc_calls", .count, \.traffic.grpcCalls, "gRPC calls made, repetitions included"),
        CSVAttribute("grpc_bytes_out", .bytes, \.traffic.grpcBytesOut, "bytes of the messages sent by gRPC"),
        CSVAttribute("grpc_bytes_in", .bytes, \.traffic.grpcBytesIn, "bytes of the messages received by gRPC"),
        CSVAttribute("context_switches_voluntary", .count, \.traffic.voluntarySwitches, "context switches by waiting"),
        CSVAttribute(
            "context_switches_involuntary", .count, \.traffic.involuntarySwitches,
            "context switches by being taken off the core"),
        CSVAttribute(
            "apportioned_tasks", .tasks, \.apportionedTasks,
            "tasks whose CPU time was not measured alone: too short ones, by claim, and messages, whose share it is of what the "
                + "threads used that serve all of them"),
    ]
}
