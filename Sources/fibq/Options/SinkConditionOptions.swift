import ArgumentParser
import Workload

/// How a sink behaves, as `fibq run` says it of its private one. Each overrides the scenario's own value.
struct SinkConditionOptions: ParsableArguments {
    @Option(help: "How long the private sink takes, in milliseconds: 50, 10..90, exponential(50), lognormal(44,0.5).")
    var sinkDelay: String?

    @Option(help: "A fraction of calls that take much longer, and how many milliseconds: 0.01:2000.")
    var sinkSlow: String?

    @Option(help: "A fraction of calls that it fails, with which status: 0.02 or 0.02:UNAVAILABLE.")
    var sinkFail: String?

    @Option(help: "A fraction of calls whose connection it drops.")
    var sinkDrop: String?

    @Option(help: "Where it keeps messages: file (synced before the reply) or memory.")
    var sinkStorage: String?

    /// Puts what was given into a scenario.
    func apply(to sink: inout SinkConditions) throws(WorkloadError) {
        if let sinkDelay { sink.delay = try SinkDelay(parsing: sinkDelay, what: "sink-delay") }
        if let sinkSlow { sink.slow = try SlowCalls(parsing: sinkSlow) }
        if let sinkFail { sink.failing = try FailingCalls(parsing: sinkFail) }
        if let sinkDrop { sink.dropFraction = try SinkConditions.fraction(parsing: sinkDrop, what: "sink-drop") }
        if let sinkStorage { sink.storage = try SinkStorage(named: sinkStorage) }
    }
}
