import ArgumentParser
import Harness
import InstanceLimits
import Workload

/// The small machine that parts of a run are confined to.
struct InstanceOptions: ParsableArguments {
    @Option(
        help: "Confine Redis and the workers to a machine as small as this type, such as t2.small; see `fibq limits`.")
    var instance: String?

    @Option(help: "Where its CPU credits begin: launch (a new machine), full, empty, or a number of credits.")
    var credits: String?

    @Option(help: "How many seconds of its credits are one that goes by: 60 makes an hour a minute.")
    var timeScale: Double?

    @Option(help: "What is on it: some of redis, workers, monitors, load, sink, with commas between.")
    var instanceRoles: String?

    @OptionGroup var instances: CatalogueOption

    /// Puts what was given into a scenario.
    func apply(to scenario: inout Scenario) throws {
        if let instance { scenario.instance = instance }
        if let credits { scenario.credits = credits }
        if let timeScale { scenario.timeScale = timeScale }
        if let instanceRoles { scenario.instanceRoles = try InstanceRole.roles(parsing: instanceRoles) }
    }
}

/// Instance types beside those that come with the program.
struct CatalogueOption: ParsableArguments {
    @Option(help: "A YAML file with instance types of your own, in the form of the catalogue that comes with fibq.")
    var catalogue: String?

    /// All types that are known.
    var catalogued: InstanceCatalogue {
        get throws { try LimitsRole(adding: catalogue).catalogue }
    }
}
