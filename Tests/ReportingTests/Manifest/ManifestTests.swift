import Foundation
import Reporting
import Testing

extension Manifest {
    /// One with all values set, so that all its keys show.
    static let sample = Manifest(
        runID: "run-1", startedAt: Date(timeIntervalSince1970: 1_700_000_000),
        endedAt: Date(timeIntervalSince1970: 1_700_000_040), exitStatus: 0, commit: "abc", dirty: true,
        host: HostFacts(
            name: "box", kernel: "6.1", cpuModel: "CPU", cores: 2, memoryBytes: 1 << 34,
            cgroup: CGroupLimits(cpus: 0.2, memoryBytes: 1 << 31, cpuset: "0-1")),
        hosts: [
            JoinedProcess(
                name: "a", role: "worker",
                host: HostFacts(
                    name: "left", kernel: "6.2", cpuModel: "CPU", cores: 4, memoryBytes: 1 << 33,
                    cgroup: CGroupLimits(cpus: nil, memoryBytes: nil, cpuset: nil)),
                versions: ["swift": "6.3.1"], programSHA256: "0a1b")
        ],
        versions: ["swift": "6.3.1"],
        redis: RedisFacts(
            version: "7.0.15", save: "", appendonly: "no", appendfsync: "everysec", maxmemory: "0",
            maxmemoryPolicy: "noeviction", ioThreads: "1"),
        transport: "unix", protocolName: "lease", durability: "none", instance: "t2.small", seed: 42,
        workload: .object(["mix": .array([.string("fibonacci"), .integer(1), .number(0.5), .bool(true), .null])]),
        commandLine: ["fibq", "run"], sha256: [:])
}

@Suite("Manifest")
struct ManifestTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("what is written is read back")
    func roundTrip() throws {
        try Manifest.sample.write(into: directory.path)
        #expect(try Manifest.read(from: directory.path) == .sample)
        #expect(try directory.names == ["manifest.json"])
    }

    @Test("the file is indented, its keys are sorted, its times are ISO 8601 in UTC")
    func text() throws {
        try Manifest.sample.write(into: directory.path)
        let text = try directory.text(of: "manifest.json")
        #expect(
            text.hasPrefix("{\n  \"command_line\" : [\n    \"fibq\",\n    \"run\"\n  ],\n  \"commit\" : \"abc\",\n"))
        #expect(text.contains("\"started_at\" : \"2023-11-14T22:13:20Z\""))
        #expect(text.contains("\"maxmemory-policy\" : \"noeviction\""))
        #expect(text.contains("\"schema_version\" : 1"))
        #expect(text.hasSuffix("}\n"))
    }

    @Test("a file changed after it was signed is found")
    func signature() throws {
        try directory.put("a", at: "summary.csv")
        try directory.put("b", at: "io.csv")
        var manifest = Manifest.sample
        try manifest.sign(["summary.csv", "io.csv"], in: directory.path)
        #expect(manifest.sha256["summary.csv"] == SHA256Text.of("a"))
        #expect(try manifest.changedFiles(in: directory.path) == [])
        try directory.put("c", at: "io.csv")
        #expect(try manifest.changedFiles(in: directory.path) == ["io.csv"])
    }

    @Test("a file that is no manifest is an error with its path")
    func malformed() throws {
        try directory.put("{}", at: "manifest.json")
        do throws(ReportingError) {
            _ = try Manifest.read(from: directory.path)
            Issue.record("an empty object was accepted")
        } catch {
            #expect(error.description.hasPrefix(directory.file("manifest.json")))
        }
    }
}
