/// How a client calls.
package struct MessageClientSettings: Sendable {
    /// How long one call may take. It is looked after twenty times in that time, so a call ends at most a twentieth late.
    package var deadline = Duration.seconds(10)
    /// How long making a connection may take, until the sink's first byte.
    package var connectTimeout = Duration.seconds(5)
    /// A longer message is not sent: it fails with `RESOURCE_EXHAUSTED` here, since a sink's transport could only break
    /// the call off. 16 MiB is what a sink's transport takes; what the sink itself takes is its own affair, and less.
    package var longestMessageBytes = 16 << 20
    /// How failed calls are tried again.
    package var retry = PlacementRetry()
    /// How long a sink must not have been reached before it counts as unreachable.
    package var patience = Duration.milliseconds(200)
    /// Told once when the sink becomes unreachable (false, and why), and once when it answers again (true). It must not
    /// block.
    package var onReachability: @Sendable (Bool, String) -> Void = { _, _ in }

    /// Ten seconds a call, four tries.
    package init() {}
}
