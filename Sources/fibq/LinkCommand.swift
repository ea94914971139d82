import ArgumentParser
import Harness
import Redis
import Workload

/// `fibq link`: a way to a Redis server that takes a while.
struct LinkCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "link",
            abstract: "Stand between processes and Redis, and let everything take longer, as a network does.",
            discussion:
                "Let the others connect with --redis unix:///the/socket. It ends when told to stop (SIGINT, SIGTERM).")
    }

    @Option(
        help: "The server: redis://[user:password@]host[:port][/database] or unix:///path. Default: FIBQ_REDIS_URL.")
    var redis: String?

    @Option(help: "The path of the unix socket to listen on.")
    var listen: String

    @Option(help: "How much longer there and back takes, such as 1ms.")
    var roundTrip: DurationOption

    func run() throws {
        let signals = TerminationSignals()
        let server = try RedisEndpoint.given(redis)
        try LinkRole(to: server, at: listen, roundTrip: roundTrip.duration).run(until: signals.stop)
    }
}
