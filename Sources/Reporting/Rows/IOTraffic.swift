/// What a role exchanged with others, and how often it was switched.
package struct IOTraffic: Sendable, Equatable {
    /// Waits for Redis; a pipeline is one.
    package var redisRoundTrips: UInt64
    /// Commands sent to Redis.
    package var redisCommands: UInt64
    /// Bytes sent to Redis.
    package var redisBytesOut: UInt64
    /// Bytes received from Redis.
    package var redisBytesIn: UInt64
    /// GRPC calls made.
    package var grpcCalls: UInt64
    /// Bytes of the messages sent by gRPC.
    package var grpcBytesOut: UInt64
    /// Bytes of the messages received by gRPC.
    package var grpcBytesIn: UInt64
    /// Context switches by waiting.
    package var voluntarySwitches: UInt64
    /// Context switches by being taken off the core.
    package var involuntarySwitches: UInt64

    /// Traffic of the given values.
    package init(
        redisRoundTrips: UInt64, redisCommands: UInt64, redisBytesOut: UInt64, redisBytesIn: UInt64,
        grpcCalls:
            UInt64, grpcBytesOut: UInt64, grpcBytesIn: UInt64, voluntarySwitches: UInt64, involuntarySwitches: UInt64
    ) {
        self.redisRoundTrips = redisRoundTrips
        self.redisCommands = redisCommands
        self.redisBytesOut = redisBytesOut
        self.redisBytesIn = redisBytesIn
        self.grpcCalls = grpcCalls
        self.grpcBytesOut = grpcBytesOut
        self.grpcBytesIn = grpcBytesIn
        self.voluntarySwitches = voluntarySwitches
        self.involuntarySwitches = involuntarySwitches
    }
}
