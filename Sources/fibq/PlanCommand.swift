import ArgumentParser
import Harness
import InstanceLimits
import Reporting

/// `fibq plan`: how many nodes, workers and machines for a load.
struct PlanCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plan", abstract: "Say how many Redis nodes, workers and machines a load needs.",
            discussion: """
                A model is fitted to half of what fibq scale and fibq growth have measured and held against the other half, and \
                then asked. It says what it is off by. "At most" is what is needed if it says as much too little as on the cell \
                where that was the most; a processor is taken for as fast as the one that was measured, or --speed times that.
                """)
    }

    @Option(help: "Tasks a second: numbers separated by commas, such as 1000,1e6.")
    var rate = "1e6,1e7,1e8"

    @Option(help: "Tasks that wait at most, such as 1e9.")
    var backlog: Double = 0

    @Option(help: "Bytes of each payload.")
    var payload = 16

    @Option(help: "Tasks of each claim and of each batch, 1 to 4096.")
    var claim = 64

    @Option(help: "Processor time of a task by itself, such as 2ms.")
    var taskCPU = DurationOption(.zero)

    @Option(help: "How long a task waits for others, such as 50ms.")
    var taskWait = DurationOption(.zero)

    @Option(help: "How long it takes to Redis and back.")
    var rtt = DurationOption(.microseconds(500))

    @Option(help: "Replicas of each master.")
    var replicas = 0

    @Option(help: "How much of a processor, and of a slot's time, is to be used: 0.01 to 1.")
    var utilisation = 0.7

    @Option(help: "How many times as fast a processor is as the one that was measured.")
    var speed: Double = 1

    @Option(help: "The type of all machines; see `fibq limits`.")
    var instance = "t2.small"

    @OptionGroup var instances: CatalogueOption

    @Option(help: "The folder of a study by fibq scale.")
    var scale = "results/scale"

    @Option(help: "The folder of a study by fibq growth.")
    var growth = "results/growth"

    @Option(help: "A folder for model.csv, model_check.csv and plan.csv; it must be empty or not exist.")
    var out: String?

    func validate() throws {
        guard (1...4096).contains(claim) else { throw ValidationError("--claim takes 1 to 4096") }
        guard (0...1_048_576).contains(payload) else { throw ValidationError("--payload takes 0 to 1048576 bytes") }
        guard backlog >= 0, backlog <= 1e12 else { throw ValidationError("--backlog takes 0 to 1e12") }
        guard (0...5).contains(replicas) else { throw ValidationError("--replicas takes 0 to 5") }
        guard (0.01...1).contains(utilisation) else { throw ValidationError("--utilisation takes 0.01 to 1") }
        guard (0.01...100).contains(speed) else { throw ValidationError("--speed takes 0.01 to 100") }
        guard [rtt, taskCPU, taskWait].allSatisfy({ (.zero ... .seconds(3_600)).contains($0.duration) }) else {
            throw ValidationError("--rtt, --task-cpu and --task-wait take 0 to 1h")
        }
    }

    func run() throws {
        let catalogue = try instances.catalogued
        let type: InstanceType
        do throws(CatalogueError) { type = try catalogue[instance] } catch { throw HarnessError.usage("\(error)") }
        let role = try PlanRole(scale: scale, growth: growth)
        let plans = try rates.map { role.plan(load(of: $0), on: type) }
        print(role.table(of: plans).render())
        guard let out else { return }
        try role.write(plans, into: out, commandLine: CommandLine.stated)
        print("Files: \(out)\n")
    }

    private var rates: [Double] {
        get throws {
            try rate.split(separator: ",", omittingEmptySubsequences: false).map { text in
                guard let rate = Double(text), rate > 0, rate <= 1e12 else {
                    throw HarnessError.usage(
                        "--rate takes numbers from above 0 to 1e12, such as 1000,1e6, and not '\(text)'")
                }
                return rate
            }
        }
    }

    private func load(of rate: Double) -> PlannedLoad {
        var load = PlannedLoad()
        (load.rate, load.backlog, load.payload, load.claim) = (rate, Int(backlog), payload, claim)
        (load.taskCPU, load.taskWait) = (taskCPU.duration / .seconds(1), taskWait.duration / .seconds(1))
        (load.roundTrip, load.replicas, load.utilisation) = (rtt.duration / .seconds(1), replicas, utilisation)
        load.speed = speed
        return load
    }
}
