import ArgumentParser
import Harness
import Workload

/// `fibq load`: one generator process.
struct LoadCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "load", abstract: "Send tasks, each at its time, until done or told to stop.")
    }

    @OptionGroup var queue: QueueOptions
    @OptionGroup var workload: WorkloadOptions

    @Option(help: "How many replicas must have a task before it counts as sent.")
    var replicas = 0

    @Option(help: "Which part of the tasks to send, where several generators share a plan, such as 2/4.")
    var part: String?

    @Option(help: "When the schedule begins, in nanoseconds of the monotonic clock. Default: at once.")
    var startAt: UInt64?

    @OptionGroup var journals: JournalOptions

    @OptionGroup var join: JoinOptions

    @OptionGroup var probe: ProbeOption

    func validate() throws {
        guard replicas >= 0 else { throw ValidationError("--replicas takes a number from 0 on") }
    }

    func run() throws {
        let isJoined = try join.carryOut(
            as: .load, redis: queue.redis, name: journals.name, journals: journals.journals)
        if isJoined { return }
        let signals = TerminationSignals()
        var scenario = Scenario()
        do {
            try workload.apply(to: &scenario)
            try scenario.checkRanges()
            try ParameterLimits.check(scenario.mix, force: workload.force)
            let plan = try scenario.plan(part.map(GeneratorPart.init(parsing:)) ?? .whole)
            var role = LoadRole(
                queue: try queue.address(), folder: try journals.folder(), name: journals.name(of: "load"))
            role.replicas = replicas
            role.payloadBytes = scenario.payload ?? 0
            role.producerKeeps = scenario.producerKeeps
            role.queue.probe = try probe.fault(folder: role.folder, process: role.name)
            let report = try role.run(
                plan, loop: scenario.arrival.loop, from: startAt, for: scenario.duration, until: signals.stop)
            if let notice = report.notice { StandardError.write(notice + "\n") }
        } catch {
            throw HarnessError(error)
        }
    }
}
