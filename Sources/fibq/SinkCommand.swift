import ArgumentParser
import Harness
import Workload

/// `fibq sink`: one receiver of messages, for several terminals or several hosts.
struct SinkCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sink", abstract: "Take messages by gRPC, each once, until told to stop (SIGINT, SIGTERM).")
    }

    @Option(help: "Where to listen: unix:///path, or tcp://host:port (port 0: a free one).")
    var address: String

    @Option(help: "The file that keeps the messages; one that is there is continued.")
    var ledger = "sink.ledger"

    @Flag(help: "Keep them in memory, and write the file at the end only.")
    var memory = false

    @Option(help: "Write a record a second of what it did to this file, which must not exist.")
    var journal: String?

    @Option(help: "Speak TLS: its certificate chain, a PEM file.")
    var certificate: String?

    @Option(help: "The private key of the certificate, a PEM file.")
    var key: String?

    @Option(help: "How long it takes, in milliseconds: 50, 10..90, exponential(50), lognormal(44,0.5).")
    var delay = "0"

    @Option(help: "A fraction of calls that take much longer, and how many milliseconds: 0.01:2000.")
    var slow: String?

    @Option(help: "A fraction of calls to fail, with which status: 0.02 or 0.02:UNAVAILABLE.")
    var fail: String?

    @Option(help: "A fraction of calls whose connection is dropped.")
    var drop = "0"

    @Option(help: "The same seed gives the same delays and faults.")
    var seed: UInt64 = 1

    @OptionGroup var join: JoinOptions

    @Option(help: "With --join: the server at which the run is gathered. Default: FIBQ_REDIS_URL.")
    var redis: String?

    @Option(help: "With --join: its name in the run. Default: a random one.")
    var name: String?

    @Option(help: "With --join: the folder for its messages and its journal. Default: this one.")
    var journals: String?

    @Flag(help: "Do not say where it listens.")
    var quiet = false

    func validate() throws {
        guard (certificate == nil) == (key == nil) else { throw ValidationError("--certificate and --key go together") }
        if join.join == nil, redis != nil || name != nil || journals != nil {
            throw ValidationError("--redis, --name and --journals go with --join")
        }
    }

    func run() throws {
        if try join.carryOut(as: .sink, redis: redis, name: name, journals: journals, address: address) { return }
        let signals = TerminationSignals()
        var role = SinkRole(address: address, ledger: ledger)
        role.conditions = try conditions()
        role.seed = seed
        role.journal = journal
        if let certificate, let key { role.certificate = (certificate, key) }
        try role.run(until: signals.stop) { [quiet] address, recovered in
            if quiet { return }
            let known = recovered > 0 ? ", with \(recovered) messages from before" : ""
            StandardError.write("fibq: listening on \(address)\(known)\n")
        }
    }

    private func conditions() throws -> SinkConditions {
        do throws(WorkloadError) {
            var conditions = SinkConditions()
            conditions.delay = try SinkDelay(parsing: delay, what: "delay")
            conditions.slow = try slow.map(SlowCalls.init(parsing:))
            conditions.failing = try fail.map(FailingCalls.init(parsing:))
            conditions.dropFraction = try SinkConditions.fraction(parsing: drop, what: "drop")
            conditions.storage = memory ? .memory : .file
            return conditions
        } catch {
            throw HarnessError.workload(error)
        }
    }
}
