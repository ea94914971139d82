import Reporting
package import Workload

/// Everything that a search for the knee is told.
package struct KneeSettings: Sendable {
    /// The process whose rate is searched.
    package enum Arrival: String, CaseIterable, Sendable {
        /// At random.
        case poisson
        /// At equal intervals.
        case constant

        /// The process at a rate.
        package func process(perSecond rate: Double) -> ArrivalProcess {
            switch self {
            case .poisson: .poisson(perSecond: rate)
            case .constant: .constant(perSecond: rate)
            }
        }
    }

    /// The set-up: a run of it is made at each rate. Its arrival process, its length and its folder do not count.
    package var run: RunSettings
    /// What each task kind must meet.
    package var objective: KneeObjective
    /// How tasks arrive.
    package var arrival = Arrival.poisson
    /// The first rate, in tasks a second.
    package var from = 100.0
    /// No rate is higher.
    package var most = 1_000_000.0
    /// How far met and missed may be apart in the end, as a share.
    package var resolution = 0.02
    /// How long tasks are sent in each probe.
    package var probe: Duration = .seconds(10)
    /// How often the rate found is repeated.
    package var repetitions = 6
    /// The search's own folder; `nil` is `results/<run id>`.
    package var output: String?

    /// A search with the defaults.
    package init(run: RunSettings, objective: KneeObjective) {
        (self.run, self.objective) = (run, objective)
    }

    /// Of fewer tasks no probe is made.
    private static let leastTasks = 10.0

    private var seconds: Double { probe / .seconds(1) }

    /// Where it looks.
    ///
    /// - Precondition: the settings are valid.
    var limits: KneeSearch.Limits {
        var limits = KneeSearch.Limits(start: from, most: most, resolution: resolution, repetitions: repetitions)
        limits.least = max(limits.least, Self.leastTasks / seconds)
        return limits
    }

    /// Throws ``HarnessError/usage(_:)`` for what makes no sense.
    package func validate() throws(HarnessError) {
        guard from > 0, from <= most, most <= 1e9 else {
            throw .usage("--from is a rate above 0, and --most one that is not lower, up to 1000000000 a second")
        }
        guard resolution >= 0.001, resolution <= 0.5 else { throw .usage("--resolution is from 0.1% to 50%") }
        guard probe >= .milliseconds(100) else { throw .usage("--probe is 100ms or more") }
        guard from * seconds >= Self.leastTasks else {
            throw .usage("a probe has \(Int(Self.leastTasks)) tasks or more: say a longer --probe, or a higher --from")
        }
        guard (1...100).contains(repetitions) else { throw .usage("--repetitions takes a number from 1 to 100") }
        guard run.scenario.fault == nil else {
            throw .usage("a knee is that of an undisturbed set-up: leave out the fault")
        }
    }

    /// The run of a probe.
    func run(ofProbe rank: Int, at rate: Double, _ key: RunKey, output: String) -> RunSettings {
        var run = self.run
        run.scenario.arrival = arrival.process(perSecond: rate)
        run.scenario.tasks = nil
        run.scenario.duration = probe
        // Each probe has arrivals and tasks of its own.
        run.scenario.seed = run.scenario.seed &+ UInt64(rank)
        run.cell = key
        run.output = output
        run.isQuiet = true
        return run
    }
}
