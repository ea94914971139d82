import ArgumentParser
import Workload

/// What is sent, when, and how much of it: what `run` and `load` share. Each overrides the scenario's own value.
struct WorkloadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The tasks: KIND:parameter=value[:weight=W][:expect=DURATION],…",
            discussion: "A value is 90, 1..93, zipf(1..93,1.1), exponential(5) or lognormal(5,0.5)."))
    var mix: String?

    @Option(
        help: ArgumentHelp(
            "When tasks are sent: backlog (all before the workers start), constant:R or poisson:R a second, …",
            discussion:
                "… burst:R:ON:OFF, ramp:FROM..TO:OVER, steps:R,R,R:EACH, such as burst:5000:1s:4s; trace:FILE, a plan "
                + "that `fibq export plan` wrote, or one of your own; closed:N, so that N are on their way at any time."
        ))
    var arrival: String?

    @Option(help: "How many tasks at most.")
    var tasks: UInt64?

    @Option(help: "For how long at most, such as 30s; a backlog's counts from the first claim.")
    var duration: DurationOption?

    @Option(help: "How many bytes the queue carries for a task at least, 1 to 65536.")
    var payload: Int?

    @Option(help: "The same seed gives the same tasks.")
    var seed: UInt64?

    @Option(help: "How many acknowledged batches a producer keeps, to send them again should Redis lose them.")
    var producerKeeps: Int?

    @Flag(help: "Allow an n that an algorithm refuses because it would take too long.")
    var force = false

    /// Puts what was given into a scenario.
    func apply(to scenario: inout Scenario) throws {
        if let mix { scenario.mix = try TaskMix(parsing: mix) }
        if let arrival { scenario.arrival = try ArrivalProcess(parsing: arrival) }
        if let tasks { scenario.tasks = tasks }
        if let duration { scenario.duration = duration.duration }
        if let payload { scenario.payload = payload }
        if let producerKeeps { scenario.producerKeeps = producerKeeps }
        if let seed { scenario.seed = seed }
    }
}
