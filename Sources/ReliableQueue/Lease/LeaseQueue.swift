public import Redis

/// The default protocol: one atomic script moves up to k tasks into a list of that claim and gives it a lease; one ack
/// ends the claim. What a lock costs is shared by k tasks.
///
/// A claim is named by its worker before it exists, so that a request whose answer was lost can be repeated; its token
/// comes from the server, and says which of two claims came later even after Redis lost data. Recovery takes expired
/// claims whole, is atomic, and needs no leader among monitors.
public final class LeaseQueue: TaskQueue {
    let keys: QueueKeys
    let configuration: QueueConfiguration
    let kinds = KindNames()
    let link: QueueLink
    /// This worker: new at each start, so that no claim's name is ever used twice.
    let workerID: String
    var lastRequest = 0
    private let epochs: EpochMemory

    /// The connection, for its traffic and for what it knows of the server.
    public var connection: RedisConnection { link.connection }
    /// The work of a worker that vanished comes back.
    public var recovers: Bool { true }

    /// The highest epoch that this client has seen: Redis may forget it, the client does not.
    private final class EpochMemory {
        var highest: UInt64 = 0
    }

    init(_ configuration: QueueConfiguration, keepTrying: @escaping () -> Bool) throws(QueueError) {
        let (keys, epochs) = (QueueKeys(queue: configuration.name), EpochMemory())
        self.keys = keys
        self.epochs = epochs
        self.configuration = configuration
        workerID = String(UInt64.random(in: .min ... .max), radix: 36)
        link = try QueueLink(configuration, scripts: QueueScripts.all, keepTrying: keepTrying) {
            connection throws(RedisError) in
            let reply = try QueueScripts.handshake.call(on: connection, keys: 2, arguments: 4) { writer in
                writer.argument(keys.epoch)
                writer.argument(keys.leases)
                writer.argument(connection.server.runID)
                writer.argument(connection.server.replicationID)
                writer.argument(String(epochs.highest))
                writer.argument(Int(configuration.longestLease.milliseconds))
            }
            epochs.highest = max(epochs.highest, UInt64(try reply.text()) ?? 0)
        }
    }

    /// Runs one script as a step that may be repeated, and decodes its reply.
    func run<Result>(
        _ script: RedisScript, keys: [String], arguments: Int, _ write: (inout CommandWriter) -> Void,
        decode: (borrowing RedisReply) throws(RedisError) -> Result
    ) throws(QueueError) -> Result {
        try link.resilient { _ throws(RedisError) in
            append(script, keys: keys, arguments: arguments, write)
            return try decode(connection.receive())
        }
    }

    /// Appends a call of one script to the pipeline.
    func append(
        _ script: RedisScript, keys: [String], arguments: Int, _ write: (inout CommandWriter) -> Void
    ) {
        script.append(to: connection, keys: keys.count, arguments: arguments) { writer in
            for key in keys { writer.argument(key) }
            write(&writer)
        }
    }
}
