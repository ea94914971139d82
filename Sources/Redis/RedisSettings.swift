/// How long a connection waits.
public struct RedisSettings: Sendable {
    /// For the connection to be made, and for each reply of the handshake.
    public var connectTimeout: Duration
    /// For one reply. A blocking command's own timeout must be shorter.
    public var commandTimeout: Duration
    /// What the connection is called in the server's list of clients; empty for no name.
    public var clientName = ""
    /// What the connection is for, in its process: a name by which a probe finds it.
    package var part = ""
    /// What is to happen at a point of the talk with the server.
    package var probe: CommandProbe?

    /// Five seconds to connect and thirty for a reply, unless told otherwise.
    public init(connectTimeout: Duration = .seconds(5), commandTimeout: Duration = .seconds(30)) {
        self.connectTimeout = connectTimeout
        self.commandTimeout = commandTimeout
    }
}

/// What has passed over a connection since it was first made.
public struct RedisTraffic: Equatable, Sendable {
    /// Commands sent.
    public var commands = 0
    /// Pipelines sent: each waits for the server once.
    public var roundTrips = 0
    /// Bytes of RESP2 sent.
    public var bytesOut = 0
    /// Bytes of RESP2 received.
    public var bytesIn = 0

    /// No traffic.
    public init() {}

    /// Both together.
    public static func + (one: Self, other: Self) -> Self {
        var sum = Self()
        sum.commands = one.commands + other.commands
        sum.roundTrips = one.roundTrips + other.roundTrips
        sum.bytesOut = one.bytesOut + other.bytesOut
        sum.bytesIn = one.bytesIn + other.bytesIn
        return sum
    }

    /// The traffic between two readings.
    public static func - (later: Self, earlier: Self) -> Self {
        var difference = Self()
        difference.commands = later.commands - earlier.commands
        difference.roundTrips = later.roundTrips - earlier.roundTrips
        difference.bytesOut = later.bytesOut - earlier.bytesOut
        difference.bytesIn = later.bytesIn - earlier.bytesIn
        return difference
    }
}

/// What has traffic with Redis: one connection, or several that do one thread's work.
public protocol TrafficSource: AnyObject {
    /// The traffic since it was opened.
    var traffic: RedisTraffic { get }
}
