/// A row of `plan.csv`: what a load needs
package struct PlanRow: CSVTable, Sendable, Equatable {
    package static let fileName = "plan.csv"
    package static let rowMeaning = "a load that `fibq plan` was asked for"

    package var key: RunKey
    package var instance: String
    package var ratePerSecond: Double
    package var claim: Int
    package var backlog: Int
    package var payloadBytes: Int
    package var taskCPUMicroseconds: Double
    package var taskWaitMicroseconds: Double
    package var roundTripMicroseconds: Double
    package var utilisation: Double
    package var serversWithCredits: Int
    package var serversForEver: Int
    package var serversForBacklog: Int
    package var serversAtMost: Int
    package var replicas: Int
    package var backlogBytes: Int
    package var slots: Int
    package var workersWithCredits: Int
    package var workersForEver: Int
    package var creditsLastSeconds: Double?
    package var bytesPerSecondOfServer: Double
    package var machinesForNetwork: Int?

    /// A row of the given values.
    package init(
        key: RunKey, instance: String, ratePerSecond: Double, claim: Int, backlog: Int, payloadBytes: Int,
        taskCPUMicroseconds: Double, taskWaitMicroseconds: Double, roundTripMicroseconds: Double, utilisation: Double,
        serversWithCredits: Int, serversForEver: Int, serversForBacklog: Int, serversAtMost: Int, replicas: Int,
        backlogBytes: Int, slots: Int, workersWithCredits: Int, workersForEver: Int, creditsLastSeconds: Double?,
        bytesPerSecondOfServer: Double, machinesForNetwork: Int?
    ) {
        self.key = key
        self.instance = instance
        self.ratePerSecond = ratePerSecond
        self.claim = claim
        self.backlog = backlog
        self.payloadBytes = payloadBytes
        self.taskCPUMicroseconds = taskCPUMicroseconds
        self.taskWaitMicroseconds = taskWaitMicroseconds
        self.roundTripMicroseconds = roundTripMicroseconds
        self.utilisation = utilisation
        self.serversWithCredits = serversWithCredits
        self.serversForEver = serversForEver
        self.serversForBacklog = serversForBacklog
        self.serversAtMost = serversAtMost
        self.replicas = replicas
        self.backlogBytes = backlogBytes
        self.slots = slots
        self.workersWithCredits = workersWithCredits
        self.workersForEver = workersForEver
        self.creditsLastSeconds = creditsLastSeconds
        self.bytesPerSecondOfServer = bytesPerSecondOfServer
        self.machinesForNetwork = machinesForNetwork
    }

    package static let attributes: [CSVAttribute<PlanRow>] = [
        CSVAttribute("instance", .text, \.instance, "the type of all machines"),
        CSVAttribute("rate_per_s", .perSecond, \.ratePerSecond, "tasks that arrive"),
        CSVAttribute("claim", .tasks, \.claim, "tasks of each claim and of each batch"),
        CSVAttribute("backlog", .tasks, \.backlog, "tasks that wait at most"),
        CSVAttribute("payload_bytes_per_task", .bytesPerTask, \.payloadBytes, "length of a payload"),
        CSVAttribute("task_cpu_us", .microseconds, \.taskCPUMicroseconds, "processor time of a task by itself"),
        CSVAttribute("task_wait_us", .microseconds, \.taskWaitMicroseconds, "time that a task waits for others"),
        CSVAttribute("round_trip_us", .microseconds, \.roundTripMicroseconds, "to Redis and back"),
        CSVAttribute("utilisation", .share, \.utilisation, "how much of a processor and of a slot is to be used"),
        CSVAttribute(
            "servers_with_credits", .count, \.serversWithCredits,
            "masters, so that none is busier, while there are credits"),
        CSVAttribute("servers_for_ever", .count, \.serversForEver, "masters, so that each lives on its baseline"),
        CSVAttribute(
            "servers_for_backlog", .count, \.serversForBacklog,
            "masters, so that the backlog fits into half of their memory"),
        CSVAttribute(
            "servers_at_most", .count, \.serversAtMost,
            "masters with credits, also for backlog and network, if a task costs as many times more than the model says as on the cell where that was the most"
        ),
        CSVAttribute("replicas", .count, \.replicas, "replicas of each master"),
        CSVAttribute("backlog_bytes", .bytes, \.backlogBytes, "memory of Redis that the backlog takes"),
        CSVAttribute("slots", .count, \.slots, "slots of all workers"),
        CSVAttribute(
            "workers_with_credits", .count, \.workersWithCredits, "machines of the workers while there are credits"),
        CSVAttribute("workers_for_ever", .count, \.workersForEver, "machines of the workers on their baseline"),
        CSVAttribute(
            "credits_last_s", .seconds, \.creditsLastSeconds,
            "how long a full balance lasts at that use; empty for ever"),
        CSVAttribute(
            "server_bytes_per_s", .number, \.bytesPerSecondOfServer,
            "bytes a second between workers and a server that is as busy as wanted"),
        CSVAttribute(
            "machines_for_network", .count, \.machinesForNetwork,
            "masters, and as many machines of the workers, so that each has as much network as it takes for ever; empty for a type whose network is not known"
        ),
    ]
}
