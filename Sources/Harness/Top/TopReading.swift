package import Redis
package import ReliableQueue

/// Everything that the live view knows at one moment.
package struct TopReading: Sendable {
    /// When, in nanoseconds of the monotonic clock.
    package var time: UInt64
    /// The queue.
    package var sight: QueueSight
    /// The server.
    package var info: RedisServerInfo
    /// Who is connected to the queue; `nil` where the server has too many connections to list them.
    package var clients: [QueueClient]?
    /// When the append-only file is synced, and when snapshots are made, as the server is set; `nil` where it does not say.
    package var settings = SaveSettings()
    /// How long the server took to answer.
    package var ping: Duration
    /// Commands that were sent for this and all readings before.
    package var ownCommands: Int
    /// The run that uses the queue, if it was named.
    package var run: RunReading?

    /// A reading of these values.
    package init(
        time: UInt64, sight: QueueSight, info: RedisServerInfo, clients: [QueueClient]?, ping: Duration,
        ownCommands: Int
    ) {
        self.time = time
        self.sight = sight
        self.info = info
        self.clients = clients
        self.ping = ping
        self.ownCommands = ownCommands
    }

    /// How the server is set to save.
    package struct SaveSettings: Equatable, Sendable {
        /// `appendfsync`.
        package var appendFsync: String?
        /// `save`: empty where no snapshot is made by itself.
        package var save: String?

        /// Nothing known.
        package init() {}
    }

    /// What a run's folder says while it runs.
    package struct RunReading: Equatable, Sendable {
        /// Attempts that have ended so far; `nil` where there is no journal that tells.
        package var finished: Int?
        /// 99th percentile from the intended start to the end, in µs, of what ended since the reading before.
        package var p99Microseconds: Double?
        /// The credits of its instance.
        package var credits: LiveCredits?

        /// A reading of these values.
        package init(finished: Int?, p99Microseconds: Double? = nil, credits: LiveCredits? = nil) {
            self.finished = finished
            self.p99Microseconds = p99Microseconds
            self.credits = credits
        }
    }
}
