import ArgumentParser
import Harness

/// How a run gathers its processes from several hosts.
struct GatherOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Start no process: gather as many as the scenario says, each started with --join NAME on whatever host.",
            discussion:
                "`fibq worker --join NAME --redis URL`, and `load`, `monitor` and `sink` likewise. Needs --redis, a server that all "
                + "of them reach.", valueName: "name"))
    var gather: String?

    @Option(help: "With --gather: how long the processes may take to come. Default: 60s.")
    var wait: DurationOption?

    @Option(help: "With --gather: take the journals from this folder, which all hosts share, and not over Redis.")
    var journals: String?

    func validate() throws {
        guard gather == nil, wait != nil || journals != nil else { return }
        throw ValidationError("--wait and --journals go with --gather")
    }

    /// What was asked for; `nil` for a run that starts its processes itself.
    var settings: GatheringSettings? {
        gather.map { name in
            var settings = GatheringSettings(name: name, journals: journals)
            if let wait { settings.patience = wait.duration }
            return settings
        }
    }
}
