package import Foundation

/// `manifest.json`: all that it takes to tell what a run was, and to notice when one of its files has changed.
package struct Manifest: Codable, Sendable, Equatable {
    /// The file's name in the run's folder.
    package static let fileName = "manifest.json"

    /// Version of the files of a run.
    package var schemaVersion: Int
    /// The run; also its folder's name.
    package var runID: String
    /// When it started.
    package var startedAt: Date
    /// When it ended; `nil` as long as it runs.
    package var endedAt: Date?
    /// The program's exit status; `nil` as long as it runs.
    package var exitStatus: Int?
    /// The source's commit.
    package var commit: String
    /// Whether the source had changes that are in no commit.
    package var dirty: Bool
    /// The machine.
    package var host: HostFacts
    /// The processes of a run on several hosts, each with its machine; `nil` for a run on one.
    package var hosts: [JoinedProcess]?
    /// Versions of Swift and of the libraries, by name.
    package var versions: [String: String]
    /// The server and its settings.
    package var redis: RedisFacts
    /// How Redis was reached.
    package var transport: String
    /// How the queue used Redis.
    package var protocolName: String
    /// The durability asked for.
    package var durability: String
    /// The instance type that was imitated, if any.
    package var instance: String?
    /// Seed of all that is random.
    package var seed: UInt64
    /// What was done: mix and arrivals.
    package var workload: JSONValue
    /// The program's arguments, its own name first.
    package var commandLine: [String]
    /// SHA-256 of each file of the run, by name, in hexadecimal.
    package var sha256: [String: String]

    enum CodingKeys: String, CodingKey, CaseIterable {
        case schemaVersion = "schema_version"
        case runID = "run_id"
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case exitStatus = "exit_status"
        case commit
        case dirty
        case host
        case hosts
        case versions
        case redis
        case transport
        case protocolName = "protocol"
        case durability
        case instance
        case seed
        case workload
        case commandLine = "command_line"
        case sha256
    }

    /// A manifest of the given values, of the present version.
    package init(
        runID: String, startedAt: Date, endedAt: Date?, exitStatus: Int?, commit: String, dirty: Bool,
        host:
            HostFacts, hosts: [JoinedProcess]? = nil, versions: [String: String], redis: RedisFacts, transport: String,
        protocolName: String,
        durability: String, instance: String?, seed: UInt64, workload: JSONValue, commandLine: [String],
        sha256:
            [String: String]
    ) {
        schemaVersion = RunKey.schemaVersion
        self.runID = runID
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.exitStatus = exitStatus
        self.commit = commit
        self.dirty = dirty
        self.host = host
        self.hosts = hosts
        self.versions = versions
        self.redis = redis
        self.transport = transport
        self.protocolName = protocolName
        self.durability = durability
        self.instance = instance
        self.seed = seed
        self.workload = workload
        self.commandLine = commandLine
        self.sha256 = sha256
    }
}
