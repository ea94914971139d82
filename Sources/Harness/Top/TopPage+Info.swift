import Redis
import Reporting

extension TopPage.Machine {
    /// From INFO.
    init(_ info: RedisServerInfo) {
        self.init()
        version = info.version
        usedBytes = info.integer("used_memory")
        peakBytes = info.integer("used_memory_peak")
        limitBytes = info.integer("maxmemory")
        fragmentation = info.number("mem_fragmentation_ratio")
        connections = info.integer("connected_clients")
        replication = Self.replication(info)
    }

    private static func replication(_ info: RedisServerInfo) -> String? {
        if info.fields["role"] == "slave" {
            return "replica of \(info.fields["master_host"] ?? "?"), link \(info.fields["master_link_status"] ?? "?")"
        }
        let replicas = info.integer("connected_slaves")
        guard replicas > 0 else { return nil }
        // Each is described as slave0:ip=…,state=online,offset=…,lag=….
        let lags = (0..<replicas).compactMap { index in
            info.fields["slave\(index)"]?.split(separator: ",").first { $0.hasPrefix("lag=") }?.dropFirst(4)
        }
        return "\(replicas) replica\(replicas == 1 ? "" : "s"), lag \(lags.map { "\($0) s" }.joined(separator: ", "))"
    }
}

extension TopPage.Saving {
    /// From INFO and the settings.
    init(_ info: RedisServerInfo, _ settings: TopReading.SaveSettings) {
        self.init()
        if info.integer("aof_enabled") == 1 { log = TopPage.AppendOnly(info, settings) }
        isSnapshotting = info.integer("rdb_bgsave_in_progress") == 1
        isSnapshotSound = info.fields["rdb_last_bgsave_status"] != "err"
        // A server that makes no snapshots calls the time of its start that of the last.
        if settings.save != "" {
            snapshotAge = max(0, info.integer("server_time_usec") / 1_000_000 - info.integer("rdb_last_save_time"))
            unsavedChanges = info.integer("rdb_changes_since_last_save")
        }
    }
}

extension TopPage.AppendOnly {
    fileprivate init(_ info: RedisServerInfo, _ settings: TopReading.SaveSettings) {
        self.init()
        policy = settings.appendFsync ?? ""
        bytes = info.integer("aof_current_size")
        isWriteSound = info.fields["aof_last_write_status"] != "err"
        isRewriteSound = info.fields["aof_last_bgrewrite_status"] != "err"
        isRewriting = info.integer("aof_rewrite_in_progress") == 1
        pendingSyncs = info.integer("aof_pending_bio_fsync")
        delayedSyncs = info.integer("aof_delayed_fsync")
    }
}

extension TopPage {
    /// What only those call who look on, as this view does.
    private static let ofOnlookers: Set = ["info", "client|list", "config|get"]

    /// The commands that took most of the server's time between two readings.
    static func commands(_ earlier: TopReading, _ later: TopReading, seconds: Double, most: Int) -> [Command] {
        let (before, p99) = (earlier.info.commandUse, later.info.commandP99)
        let used = later.info.commandUse.map { name, use in
            let known = before[name] ?? CommandUse(calls: 0, microseconds: 0)
            return (
                name: name, calls: use.calls - known.calls, microseconds: use.microseconds - known.microseconds
            )
        }
        let busiest = used.filter { $0.calls > 0 && !ofOnlookers.contains($0.name) }.sorted {
            ($1.microseconds, $0.name) < ($0.microseconds, $1.name)
        }
        return busiest.prefix(most).map { command in
            Command(
                name: command.name, perSecond: Double(command.calls) / seconds,
                meanMicroseconds: command.microseconds / Double(command.calls), p99Microseconds: p99[command.name])
        }
    }
}
