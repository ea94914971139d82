/// A row of `measuring.csv`: what a run's own measuring costs.
package struct MeasuringRow: CSVTable, Sendable, Equatable {
    package static let fileName = "measuring.csv"
    package static let rowMeaning =
        "a drain of a backlog by two `fibq worker` processes, with or without journals"

    package var key: RunKey
    package var protocolName: String
    package var hasJournals: Bool
    package var place: Int
    package var tasks: Int
    package var tasksPerSecond: Double
    package var workerMicrosecondsPerTask: Double
    package var redisMicrosecondsPerTask: Double
    package var journalBytesPerTask: Double?
    package var auditSeconds: Double?
    package var analysisSeconds: Double?

    /// A row of the given values.
    package init(
        key: RunKey, protocolName: String, hasJournals: Bool, place: Int, tasks: Int, tasksPerSecond: Double,
        workerMicrosecondsPerTask: Double, redisMicrosecondsPerTask: Double, journalBytesPerTask: Double?,
        auditSeconds: Double?, analysisSeconds: Double?
    ) {
        self.key = key
        self.protocolName = protocolName
        self.hasJournals = hasJournals
        self.place = place
        self.tasks = tasks
        self.tasksPerSecond = tasksPerSecond
        self.workerMicrosecondsPerTask = workerMicrosecondsPerTask
        self.redisMicrosecondsPerTask = redisMicrosecondsPerTask
        self.journalBytesPerTask = journalBytesPerTask
        self.auditSeconds = auditSeconds
        self.analysisSeconds = analysisSeconds
    }

    package static let attributes: [CSVAttribute<MeasuringRow>] = [
        CSVAttribute(
            "protocol", .text, \.protocolName,
            "queue protocol"),
        CSVAttribute(
            "journals", .truth, \.hasJournals,
            "whether the workers wrote journals"),
        CSVAttribute(
            "place", .number, \.place,
            "1 for the first drain of its pair, 2 for the second; a pair has one with and one without, and the next has them in the other order"
        ),
        CSVAttribute(
            "tasks", .tasks, \.tasks,
            "tasks of the backlog, each F(90) by additions"),
        CSVAttribute(
            "tasks_per_s", .perSecond, \.tasksPerSecond,
            "rate from 90 % left to 10 % left, by the depth of the queue seen from outside"),
        CSVAttribute(
            "worker_us_per_task", .microsecondsPerTask, \.workerMicrosecondsPerTask,
            "CPU time of both processes, from their start to their end, ÷ tasks"),
        CSVAttribute(
            "redis_us_per_task", .microsecondsPerTask, \.redisMicrosecondsPerTask,
            "CPU time of Redis from the start of the workers until the queue was empty ÷ tasks"),
        CSVAttribute(
            "journal_bytes_per_task", .bytesPerTask, \.journalBytesPerTask,
            "length of the workers' journals ÷ tasks; empty without"),
        CSVAttribute(
            "audit_s", .seconds, \.auditSeconds,
            "time that the audit took afterwards: each task sent held against each attempt; empty without journals"),
        CSVAttribute(
            "analysis_s", .seconds, \.analysisSeconds,
            "time that everything which a run reads from its journals took, an audit included; empty without"),
    ]
}
