extension SummaryRow {
    package static let attributes =
        setupColumns + countColumns + messageColumns + paceColumns + costColumns
        + (attemptColumns + instanceColumns + generatorColumns + wayColumns + serverColumns).map(\.newer)

    private static let setupColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute(
            "protocol", .text, \.setup.protocolName,
            "queue protocol: `lease`, `lock`, `lock-setex`, `stream`, `pop`"),
        CSVAttribute(
            "durability", .text, \.setup.durability,
            "durability asked for: `none`, `everysec`, `always`, `replicated:N`"),
        CSVAttribute("transport", .text, \.setup.transport, "how Redis was reached: `unix` or `tcp`"),
        CSVAttribute("arrival", .text, \.setup.arrival, "arrival process, as on the command line"),
        CSVAttribute("workers", .count, \.setup.workers, "worker processes at the start"),
        CSVAttribute("slots", .count, \.setup.slots, "concurrent executions of a worker"),
        CSVAttribute("claim", .tasks, \.setup.claim, "most tasks taken together"),
        CSVAttribute(
            "lease_s", .seconds, \.setup.leaseSeconds,
            "least length of a lease, as asked for; `pop` has none"),
        CSVAttribute("seed", .number, \.setup.seed, "seed of all that is random"),
        CSVAttribute(
            "tasks_planned", .tasks, \.setup.tasksPlanned,
            "tasks that the plan holds, sent or not"),
    ]

    private static let countColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute("sent", .tasks, \.counts.sent, "tasks whose enqueue Redis acknowledged"),
        CSVAttribute(
            "unacknowledged", .tasks, \.counts.unacknowledged,
            "tasks sent whose enqueue got no answer; they are no part of `sent`"),
        CSVAttribute(
            "acked", .tasks, \.counts.acked, "of `sent`: tasks whose ack the queue took, `acked_unconfirmed` included"),
        CSVAttribute(
            "acked_unconfirmed", .tasks, \.counts.ackedUnconfirmed,
            "of `acked`: the worker did not live to see the answer, and Redis no longer holds the task"),
        CSVAttribute("failed", .tasks, \.counts.failed, "attempts that failed"),
        CSVAttribute(
            "dead", .tasks, \.counts.dead, "of `sent`: tasks not acked and in the dead-letter list at the end"),
        CSVAttribute(
            "lost", .tasks, \.counts.lost,
            "of `sent`: neither acked nor in Redis at the end; empty when Redis could not be asked, and where journals are missing"
        ),
        CSVAttribute(
            "duplicated", .count, \.counts.duplicated,
            "executions beyond a task's first; a retry after a failure counts too"),
        CSVAttribute(
            "recovered", .tasks, \.counts.recovered,
            "of `unacknowledged`: tasks that ran all the same; neither lost nor unexpected"),
        CSVAttribute(
            "unexpected", .tasks, \.counts.unexpected, "attempts, and elements found in Redis, of no task that was sent"
        ),
        CSVAttribute(
            "stale_acks", .count, \.counts.staleAcks, "attempts whose ack was refused, since their lease was gone"),
        CSVAttribute(
            "unknown_acks", .count, \.counts.unknownAcks, "attempts whose claim was gone when their ack was repeated"),
        CSVAttribute(
            "left_in_redis", .tasks, \.counts.leftInRedis,
            "of `sent`: tasks not acked and still in the queue at the end; empty likewise"),
        CSVAttribute("executions", .count, \.counts.executions, "attempts that ran to their end, failed ones included"),
        CSVAttribute(
            "inexact_results", .count, \.counts.inexactResults,
            "results that differ from the exact value, of methods that round"),
        CSVAttribute(
            "wrong_results", .count, \.counts.wrongResults,
            "results that differ from the exact value, of methods that must not"),
        CSVAttribute(
            "worker_deaths", .count, \.counts.workerDeaths, "workers that were ended by a signal during the run"),
        CSVAttribute(
            "worker_restarts", .count, \.counts.workerRestarts,
            "workers started in place of one that ended without being told to"),
    ]

    private static let messageColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute(
            "messages_placed", .count, \.messages, \.placed,
            "messages that the sink placed; this and the next four are empty for a run without a sink of its own"),
        CSVAttribute(
            "messages_repeated", .count, \.messages, \.repeated, "placements that it answered with an earlier receipt"),
        CSVAttribute(
            "messages_refused", .count, \.messages, \.refused,
            "placements that it refused, since a later claim of the task had been seen"),
        CSVAttribute(
            "messages_placed_twice", .tasks, \.messages, \.placedTwice,
            "tasks whose message its ledger has more than once"),
        CSVAttribute(
            "messages_missing", .tasks, \.messages, \.missing,
            "acked tasks whose message its ledger does not have; they count as `lost`"),
    ]

    private static let paceColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute(
            "duration_s", .seconds, \.pace.durationSeconds,
            "from the first sending to the last ack, or to the last sending if that is later"),
        CSVAttribute(
            "offered_per_s", .perSecond, \.pace.offeredPerSecond,
            "rate that the schedule asked for, from the first task sent to the last; empty for a backlog"),
        CSVAttribute(
            "sent_per_s", .perSecond, \.pace.sentPerSecond,
            "rate of the sending, over all of it, acknowledged or not"),
        CSVAttribute(
            "acked_per_s", .perSecond, \.pace.ackedPerSecond,
            "throughput: acks in the steady window ÷ its length; without one, all acks ÷ time from first claim "
                + "to last ack"),
        CSVAttribute(
            "steady_from_s", .seconds, \.pace.steadyFromSeconds,
            "where the steady window begins, since the first sending; empty for a backlog and for a run too "
                + "short for one"),
        CSVAttribute(
            "steady_to_s", .seconds, \.pace.steadyToSeconds,
            "where the steady window ends, since the first sending; empty likewise"),
        CSVAttribute(
            "backlog_slope_per_s", .perSecond, \.pace.backlogSlopePerSecond,
            "growth of the backlog in the steady window, for a backlog from the first claim on, by least squares over four looks a "
                + "second; the backlog is what is due and has not begun, also where Redis did not let the generator send it; empty with "
                + "fewer than 3 looks"),
        CSVAttribute(
            "verdict", .text, \.pace.verdict,
            "`steady`, `overloaded` or `draining`: the slope's 95 % interval against 1 % of offered_per_s"
        ),
    ]

    private static let costColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute("cpu_conductor_s", .seconds, \.cost.conductorCPUSeconds, "CPU time of the conducting process"),
        CSVAttribute("cpu_generator_s", .seconds, \.cost.generatorCPUSeconds, "CPU time of the generators"),
        CSVAttribute("cpu_worker_s", .seconds, \.cost.workerCPUSeconds, "CPU time of all workers"),
        CSVAttribute(
            "cpu_sink_s", .seconds, \.cost.sinkCPUSeconds,
            "CPU time of the sink; empty for a run without one of its own"
        ),
        CSVAttribute(
            "cpu_redis_s", .seconds, \.cost.redisCPUSeconds,
            "CPU time of Redis during the run, without that of processes that it forks to save"),
        CSVAttribute(
            "redis_commands", .count, \.cost.redisCommands,
            "commands that Redis processed, each call within a script too, without the harness' own questions"),
        CSVAttribute(
            "redis_bytes_in", .bytes, \.cost.redisBytesIn,
            "bytes that Redis received, without the harness' own questions"),
        CSVAttribute(
            "redis_bytes_out", .bytes, \.cost.redisBytesOut, "bytes that Redis sent, without the answers to the harness"
        ),
        CSVAttribute(
            "redis_commands_per_task", .commandsPerTask, derived: \.redisCommandsPerTask, "redis_commands ÷ acked"),
        CSVAttribute(
            "redis_bytes_per_task", .bytesPerTask, derived: \.redisBytesPerTask,
            "(redis_bytes_in + redis_bytes_out) ÷ acked"),
        CSVAttribute("redis_cpu_us_per_task", .microsecondsPerTask, derived: \.redisCPUPerTask, "cpu_redis_s ÷ acked"),
        CSVAttribute(
            "peak_memory_redis_bytes", .bytes, \.cost.redisPeakMemoryBytes,
            "greatest sampled resident memory of Redis (`used_memory_rss`)"),
        CSVAttribute(
            "peak_memory_workers_bytes", .bytes, \.cost.workersPeakMemoryBytes,
            "sum over the workers of each one's greatest sampled resident memory (`VmHWM`)"),
    ]

    private static let attemptColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute(
            "over_time_limit", .tasks, \.counts.overTimeLimit, "attempts that were given up at their time limit"),
        CSVAttribute(
            "retries", .count, \.counts.retries,
            "attempts that the queue knows not to be their task's first: after a failure, a lost worker, or a lease that ran "
                + "out; without the first two each is a false expiry"),
    ]

    private static let instanceColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute(
            "instance", .text, \.setup.instance, \.type,
            "instance type that parts of the run were to be confined to; empty without one, and so are the next three"),
        CSVAttribute(
            "is_held", .truth, \.setup.instance, \.isHeld,
            "whether they were: `false` where this user may make no control groups, so that credits were only counted"),
        CSVAttribute(
            "credits", .text, \.setup.instance, \.credits,
            "where its CPU credits began: `launch`, `full`, `empty`, or a number of them; empty for a type without"),
        CSVAttribute(
            "time_scale", .number, \.setup.instance, \.timeScale, "how many seconds of its credits are one that goes by"
        ),
    ]

    private static let wayColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute(
            "payload_bytes", .bytes, \.setup.payloadBytes,
            "what the queue was to carry for a task at least; empty for as little as it takes"),
        CSVAttribute(
            "rtt_us", .microseconds, get: { $0.setup.roundTripSeconds.map { $0 * 1e6 } },
            set: { $0.setup.roundTripSeconds = $1.map { $0 / 1e6 } },
            "how much longer everything took to Redis and back; empty for no longer"),
    ]

    private static let serverColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute(
            "topology", .text, \.setup.topology,
            "how the Redis servers stood together: `standalone`, `sentinel`, `cluster`"),
        CSVAttribute(
            "min_replicas", .count, \.setup.minReplicas,
            "replicas that a master had to hear from to take writes (`min-replicas-to-write`); empty for servers that were given"
        ),
    ]

    private static let generatorColumns: [CSVAttribute<SummaryRow>] = [
        CSVAttribute("generators", .count, \.pace.generators, \.count, "generator processes that sent something"),
        CSVAttribute(
            "generator_lag_p99_us", .microseconds, \.pace.generators, \.lagP99,
            "greatest 99th percentile of how late one of them sent: see `generators.csv`"),
        CSVAttribute(
            "generator_cpu_share", .share, \.pace.generators, \.cpuShare,
            "of the time of a core, the most that one of them computed"),
        CSVAttribute(
            "generator_verdict", .text, \.pace.generators, \.verdict,
            "the worst of theirs: `kept_up`, `held_up` by Redis, `fell_behind`; empty without a schedule, and with fewer "
                + "than 1,000 tasks"),
        CSVAttribute(
            "is_usable", .truth, derived: \.pace.generators?.isUsable,
            "`false` when a generator fell behind: what was measured is the generator, and not the queue"),
    ]
}
