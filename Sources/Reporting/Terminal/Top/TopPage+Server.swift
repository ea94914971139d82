extension TopPage {
    /// What the server says of its machine.
    package struct Machine: Equatable, Sendable {
        /// The server's version.
        package var version = ""
        /// Memory of its data, in bytes.
        package var usedBytes = 0
        /// The most that was.
        package var peakBytes = 0
        /// The most that may be; 0 for no limit.
        package var limitBytes = 0
        /// Memory of its process divided by that of its data.
        package var fragmentation = 0.0
        /// Processors' worth of time that it took in the last interval.
        package var processors: Double?
        /// Commands a second, those of the live view not counted.
        package var commandsPerSecond: Double?
        /// Connections of all its clients.
        package var connections = 0
        /// Replicas, as far as there are any, or the master of which it is one.
        package var replication: String?

        /// Nothing known.
        package init() {}
    }

    /// What becomes of the server's data when it dies.
    package struct Saving: Equatable, Sendable {
        /// The append-only file; `nil` where it is off.
        package var log: AppendOnly?
        /// Seconds since the last snapshot; `nil` where none is ever made.
        package var snapshotAge: Int?
        /// Changes since then.
        package var unsavedChanges = 0
        /// True while one is being made.
        package var isSnapshotting = false
        /// False when the last one failed.
        package var isSnapshotSound = true

        /// Nothing known.
        package init() {}
    }

    /// The append-only file.
    package struct AppendOnly: Equatable, Sendable {
        /// When it is synced; empty where the server does not say.
        package var policy = ""
        /// Its length.
        package var bytes = 0
        /// False when the last write to it failed.
        package var isWriteSound = true
        /// False when the last rewrite failed.
        package var isRewriteSound = true
        /// True while it is rewritten.
        package var isRewriting = false
        /// Syncs that are under way or wait.
        package var pendingSyncs = 0
        /// How often a write had to wait for a sync.
        package var delayedSyncs = 0

        /// Nothing known.
        package init() {}
    }

    /// The CPU credits of an instance.
    package struct Credits: Equatable, Sendable {
        /// The type.
        package var instance: String
        /// What the account holds.
        package var balance: Double
        /// Processors' worth of time that it may use.
        package var allowedProcessors: Double
        /// How long the kernel has held it back; `nil` where nothing does.
        package var throttledSeconds: Double?
        /// Seconds of the account that are one that goes by.
        package var timeScale: Double
        /// How old the reading is.
        package var ageSeconds: Double

        /// A reading of these values.
        package init(
            instance: String, balance: Double, allowedProcessors: Double, throttledSeconds: Double?, timeScale: Double,
            ageSeconds: Double
        ) {
            self.instance = instance
            self.balance = balance
            self.allowedProcessors = allowedProcessors
            self.throttledSeconds = throttledSeconds
            self.timeScale = timeScale
            self.ageSeconds = ageSeconds
        }
    }
}
