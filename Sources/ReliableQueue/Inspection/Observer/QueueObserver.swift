public import Redis

/// Looks at a queue from outside, again and again, and changes nothing: no script is run or loaded, no queue is made.
///
/// However large the queue is, a look costs Redis some hundred simple commands at most, in two round trips, of `stream` in four.
/// It belongs to one thread, and never reconnects by itself: whoever looks is told at once that the server is away.
public final class QueueObserver {
    /// How much of what may be long is looked at.
    public enum Limits {
        /// Claims.
        public static let claims = 64
        /// Producers: of more it is not told how much they send.
        public static let producers = 512
        /// Dead letters.
        public static let letters = 8
        /// Connections: of a server that has more they are not listed.
        public static let connections = 1_000
    }

    /// The connection: for its traffic, and for asking what concerns the server as a whole.
    public let connection: RedisConnection
    let keys: QueueKeys
    let configuration: QueueConfiguration
    var batches = BatchCount()

    /// Connects, once.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(of configuration: QueueConfiguration) throws(QueueError) {
        keys = configuration.keys
        self.configuration = configuration
        do throws(RedisError) {
            connection = try RedisConnection(
                to: configuration.endpoint, settings: configuration.settings, for: configuration.keys.pending)
        } catch {
            throw .redis(error)
        }
    }

    /// Connects anew, once.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func reconnect() throws(QueueError) {
        try asking { () throws(RedisError) in try connection.reconnect() }
    }

    /// Looks.
    ///
    /// - Throws: ``QueueError/corrupt(what:)`` when the queue is of another protocol.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func look() throws(QueueError) -> QueueSight {
        try asking { () throws(RedisError) in
            switch configuration.queueProtocol {
            case .lease: try lookAtLeases()
            case .stream: try lookAtStreams()
            case .lock, .lockSetex: try lookAtLocks()
            case .pop: try lookAtList()
            }
        }
    }

    /// How long the server takes to answer a question that costs it nothing.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func roundTrip() throws(QueueError) -> Duration {
        let began = ContinuousClock.now
        // Not PING, which a server refuses that could not write to its disk.
        try asking { () throws(RedisError) in _ = try connection.call("TIME") }
        return ContinuousClock.now - began
    }

    /// Everything that the server says of itself, with how often each command was called, and how long it took.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func serverInfo() throws(QueueError) -> RedisServerInfo {
        try asking { () throws(RedisError) in RedisServerInfo(parsing: try connection.call("INFO", "all").text()) }
    }

    /// Who is connected to the queue, of at most ``Limits/connections`` connections that the server has.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func clients() throws(QueueError) -> [QueueClient] {
        try asking { () throws(RedisError) in
            QueueClient.all(in: try connection.call("CLIENT", "LIST").text(), of: configuration)
        }
    }

    /// A setting of the server; `nil` when it does not say.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func setting(_ name: String) throws(QueueError) -> String? {
        try asking { () throws(RedisError) in
            do throws(RedisError) {
                let reply = try connection.call("CONFIG", "GET", name)
                return reply.count == 2 ? try reply.text(at: 1) : nil
            } catch {
                // Not everybody may ask.
                guard case .server = error else { throw error }
                return nil
            }
        }
    }

    private func asking<Result>(_ ask: () throws(RedisError) -> Result) throws(QueueError) -> Result {
        do throws(RedisError) {
            return try ask()
        } catch {
            connection.drain()
            // The queue is elsewhere: to connect anew leads there.
            if connection.remedy(for: error) == .reconnect {
                throw .redis(.connectionLost(code: 0, words: "\(error)"))
            }
            throw QueueLink.queueError(error)
        }
    }
}
