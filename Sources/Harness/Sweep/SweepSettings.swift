package import InstanceLimits
package import Redis
package import Workload

/// Everything that one sweep is told.
package struct SweepSettings {
    /// What is run.
    package var plan: SweepPlan
    /// The plan as its file has it.
    package var planText: String
    /// The server; `nil` starts a private one for each run.
    package var redis: RedisEndpoint?
    /// The instance types that the plan may name.
    package var catalogue = InstanceCatalogue.builtIn
    /// The sweep's own folder; `nil` is `results/<run id>`.
    package var output: String?
    /// Goes on with the sweep that was begun in that folder.
    package var resumes = false
    /// Resumes even with another plan, another build of fibq, or on another machine.
    package var isForced = false
    /// Removes a run's journals once its files are written.
    package var discardsJournals = true
    /// Silences progress.
    package var isQuiet = false
    /// For the manifests.
    package var commandLine: [String] = []

    /// The settings of a sweep of this plan.
    package init(plan: SweepPlan, planText: String) {
        self.plan = plan
        self.planText = planText
    }
}
