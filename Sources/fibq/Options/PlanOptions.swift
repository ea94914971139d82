import ArgumentParser
import Foundation
import Harness
import Redis
import Reporting
import Workload

/// A plan, and how its runs are made: what `sweep` and `faults` share.
struct PlanOptions: ParsableArguments {
    @Argument(help: "The plan, a YAML file.")
    var plan: String

    @Flag(help: "Go on with the sweep that was begun in --out: run what is missing.")
    var resume = false

    @Flag(help: "Print the runs in their order, the time and the CPU credits that they need; run nothing.")
    var dryRun = false

    @Option(help: "The sweep's own folder; it must be empty or not exist. Default: results/<run id>.")
    var out: String?

    @Option(help: "Use this server instead of private ones: redis://[user:password@]host[:port][/database].")
    var redis: String?

    @OptionGroup var instances: CatalogueOption

    @Flag(help: "Resume even with another plan, another build of fibq, or on another machine.")
    var force = false

    @Flag(inversion: .prefixedNo, help: "Remove each run's binary journals once its CSV files are written.")
    var discardJournals = true

    @Flag(help: "Show no progress.")
    var quiet = false

    /// Runs the plan, or says what there is to run.
    ///
    /// - Parameter check: what the command demands of a run beyond what makes it valid.
    func carryOut(check: (Scenario) throws(WorkloadError) -> Void = { _ in }) throws {
        let signals = TerminationSignals()
        do {
            let settings = try settings(check)
            if dryRun { return print(try outline(settings), terminator: "") }
            let outcome = try SweepConductor(settings, signals: signals).run()
            print(outcome.table)
            print("Files: \(outcome.folder)\n")
            if let problem = outcome.problem { StandardError.write("fibq: \(problem)\n") }
            guard outcome.exitCode == 0 else { throw ExitCode(outcome.exitCode) }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw HarnessError(error)
        }
    }

    private func settings(_ check: (Scenario) throws(WorkloadError) -> Void) throws -> SweepSettings {
        guard resume || !force else { throw HarnessError.usage("--force says nothing without --resume: leave it out") }
        guard let text = try? String(contentsOfFile: plan, encoding: .utf8) else {
            throw HarnessError.usage("the plan \(plan) cannot be read")
        }
        let catalogue = try instances.catalogued
        let checked = try SweepPlan(yaml: text, name: plan, vocabulary: RunSettings.vocabulary(catalogue))
        let fit = try InstanceFit(here: catalogue)
        try checked.check({ entry throws(WorkloadError) in try ParameterLimits.check(entry, force: false) }) {
            scenario throws(WorkloadError) in try fit.check(scenario)
        }
        for cell in 0..<checked.cellCount {
            let scenario = try checked.scenario(of: SweepTrial(cell: cell, repetition: 1))
            try check(scenario)
            try scenario.check(hasOwnServer: redis == nil)
            if case .trace = scenario.arrival { _ = try scenario.plan(force: false) }
        }
        var settings = SweepSettings(plan: checked, planText: text)
        settings.redis = try redis.map { url throws(RedisError) in try RedisEndpoint(url: url) }
        settings.catalogue = catalogue
        settings.output = out
        settings.resumes = resume
        settings.isForced = force
        settings.discardsJournals = discardJournals
        settings.isQuiet = quiet
        settings.commandLine = CommandLine.stated
        return settings
    }

    /// What there is to run, without running it.
    private func outline(_ settings: SweepSettings) throws -> String {
        let plan = settings.plan
        let course = try SweepConductor.outlook(settings)
        let steps = try course.pending.map { trial in
            let scenario = try plan.scenario(of: trial)
            let credits = try CreditNeed(scenario, settings.catalogue)
            return SweepOutline.Step(
                name: plan.name(of: trial), parameters: plan.labels(of: trial.cell),
                seconds: scenario.plannedDuration?.seconds,
                credits: credits.map { .init(needed: $0.needed, start: $0.start, earned: $0.earned) })
        }
        return SweepOutline(axes: plan.axisNames, steps: steps, mostFurther: course.mostFurther).render()
    }
}
