import Foundation
import Reporting

/// What the manifest says of a study, besides when and where it was made.
struct StudyRecord {
    /// What all of a study's measurements used.
    struct SetUp {
        var redis: RedisFacts
        var transport: String
        var protocolName: String
        var durability: String
    }

    /// The files that the manifest signs, as paths within the folder.
    var files: [String]
    /// What they used; `nil` where each measurement is a run with a manifest of its own.
    var setUp: SetUp?
    var seed: UInt64
    /// What the study was told, and what came of it.
    var facts: [String: JSONValue]
    var commandLine: [String]
}

extension Manifest {
    /// The manifest of a study or a sweep that ends now.
    init(
        of record: StudyRecord, runID: String, startedAt: Date, host: HostFacts, source: SourceRevision,
        exitStatus: Int32
    ) {
        let setUp = record.setUp ?? .ofEachRun
        self.init(
            runID: runID, startedAt: startedAt, endedAt: Date(), exitStatus: Int(exitStatus), commit: source.commit,
            dirty: source.isDirty, host: host, versions: Versions.all, redis: setUp.redis, transport: setUp.transport,
            protocolName: setUp.protocolName, durability: setUp.durability, instance: nil, seed: record.seed,
            workload: .object(record.facts), commandLine: record.commandLine, sha256: [:])
    }
}

extension StudyRecord.SetUp {
    fileprivate static let ofEachRun = {
        let there = "see the manifest of each run"
        return Self(
            redis: RedisFacts(
                version: there, save: "", appendonly: "", appendfsync: "", maxmemory: "", maxmemoryPolicy: "",
                ioThreads: ""),
            transport: there, protocolName: there, durability: there)
    }()
}
