public import ArgumentParser
import Foundation
import Harness
public import Redis
public import ReliableQueue

/// Which queue a process works on: what `worker`, `load` and `monitor` share.
struct QueueOptions: ParsableArguments {
    @Option(
        help: """
            The server: redis://[user:password@]host[:port][/database], unix:///path, \
            sentinel://[user:password@]host[:port],…/master or cluster://[user:password@]host[:port],…. \
            Default: FIBQ_REDIS_URL.
            """)
    var redis: String?

    @Option(help: "The queue's name; its keys begin with {NAME}:.")
    var queue = "fibq"

    @Option(name: .customLong("protocol"), help: "How the queue uses Redis: lease, lock, lock-setex, stream or pop.")
    var queueProtocol: QueueProtocol = .lease

    /// The address that the options give.
    func address() throws -> QueueAddress {
        QueueAddress(endpoint: try RedisEndpoint.given(redis), name: queue, queueProtocol: queueProtocol)
    }
}

extension QueueOptions {
    /// The same for saying something of a queue without asking its server: one on this host unless another was named.
    func addressToDescribe() throws -> QueueAddress {
        guard RedisEndpoint.named(redis) == nil else { return try address() }
        return QueueAddress(
            endpoint: RedisEndpoint(.tcp(host: "localhost", port: 6379)), name: queue, queueProtocol: queueProtocol)
    }
}

extension RedisEndpoint {
    /// A URL, or else that of the environment.
    fileprivate static func named(_ url: String?) -> String? {
        url ?? ProcessInfo.processInfo.environment["FIBQ_REDIS_URL"]
    }

    /// The server of a URL, or else that of the environment.
    static func given(_ url: String?) throws(HarnessError) -> RedisEndpoint {
        guard let url = named(url) else {
            throw .usage("no server: say --redis URL, or set FIBQ_REDIS_URL")
        }
        do throws(RedisError) { return try RedisEndpoint(url: url) } catch { throw .redis(error) }
    }
}

extension QueueProtocol: ExpressibleByArgument {}

extension Durability: ExpressibleByArgument {
    /// By its name.
    public init?(argument: String) { self.init(argument) }

    /// For what is said of a name that is none.
    public static var allValueStrings: [String] { names }
}
