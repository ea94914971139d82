import Foundation
import Reporting

/// The manifest of a study whose measurements are runs with manifests of their own.
///
/// To be made before the study's folder is, which might count as a change of the source tree.
struct StudyManifest {
    private let source = SourceRevision.current()
    private let began = Date()

    /// Writes it, with the sums of those files.
    ///
    /// - Parameters:
    ///   - files: paths within the folder.
    ///   - facts: what the study was told, and what came of it.
    func write(
        into folder: RunFolder, signing files: [String], seed: UInt64, facts: [String: JSONValue],
        commandLine: [String], exitStatus: Int32
    ) throws {
        let ofEach = "see the manifest of each run"
        var manifest = Manifest(
            runID: folder.runID, startedAt: began, endedAt: Date(), exitStatus: Int(exitStatus),
            commit: source.commit, dirty: source.isDirty, host: try HostFacts.collect(), versions: Versions.all,
            redis: RedisFacts(
                version: ofEach, save: "", appendonly: "", appendfsync: "", maxmemory: "", maxmemoryPolicy: "",
                ioThreads: ""),
            transport: ofEach, protocolName: ofEach, durability: ofEach, instance: nil, seed: seed,
            workload: .object(facts), commandLine: commandLine, sha256: [:])
        try manifest.sign(files, in: folder.path)
        try manifest.write(into: folder.path)
    }
}
