import Foundation
import Glibc
import Measurement
import Redis
import Reporting
import TestSupport
import Testing

/// Runs whose parts are on several hosts, with clocks of their own.
@Suite(.serialized, .enabled(if: NamespaceHosts.obstacle == nil, "\(NamespaceHosts.obstacle ?? "")"))
struct HostsTests {
    /// The latencies that cross hosts come out right: nothing is claimed before it was sent, but for the error that is stated, and
    /// the shifts are what the namespaces were told.
    @Test func clocksThatAreFarApartAreAligned() throws {
        let hosts = try NamespaceHosts([("left", 1_000), ("right", 86_400), ("middle", 5)])
        let (left, right, middle) = (hosts.hosts[0], hosts.hosts[1], hosts.hosts[2])
        let gathered = try GatheredRun(
            GatheredRun.scenario + ["--monitors", "1"],
            [
                .init("worker", "a", on: left), .init("worker", "b", on: right), .init("load", "x", on: middle),
                .init("sink", "s", on: right, "--address", "tcp://\(right.address):0"), .init("monitor", "m", on: left),
            ], at: hosts.url, launcher: hosts.hubLauncher)
        try gathered.end()
        try checkWhole(gathered)

        var errors: [String: Double] = [:]
        for (part, host) in [("a", left), ("b", right), ("x", middle), ("s", right), ("m", left)] {
            let row = try gathered.clock(of: part)
            #expect(row["host"] == host.name)
            #expect(row["is_shared"] == "false")
            let error = try row.number("error_us")
            errors[part] = error
            #expect(error > 0)
            #expect(try (row.number("offset_us") + Double(host.seconds) * 1e6).magnitude <= error)
            // A second of the two clocks is the same to within what was measured.
            #expect(try row.number("drift_ppm").magnitude <= 3 * error / row.number("span_s"))
        }
        #expect(try gathered.clock(of: "conductor")["is_shared"] == "true")

        let slack = { (worker: String) in Int64(1_000 * ((errors[worker] ?? 0) + (errors["x"] ?? 0))) }
        let attempts = try gathered.attempts()
        #expect(Set(attempts.map(\.worker)) == ["a", "b"])
        for (worker, record) in attempts {
            #expect(Int64(record.claimed) - Int64(record.sent) >= -slack(worker))
        }
        // A clock that was off by a thousand seconds would show.
        let slowest = try gathered.run.table("latency.csv").map { try $0.number("max_us") }.max() ?? .infinity
        #expect(slowest < 1e9)
        let ends = try gathered.run.table("sink.csv").map { try $0.number("to_s") }
        #expect((ends.max() ?? .infinity) < 100 && (ends.min() ?? -.infinity) > -100)
    }

    /// What a part that was killed had written down stays on its host: nothing is said of lost tasks.
    @Test func aPartThatIsKilledIsMissedByName() throws {
        let hosts = try NamespaceHosts([("left", 1_000), ("right", 2_000)])
        let gathered = try GatheredRun(
            GatheredRun.scenario,
            [
                .init("worker", "a", on: hosts.hosts[0]), .init("worker", "b", on: hosts.hosts[1]),
                .init("load", "x", on: hosts.hosts[1]),
                .init("sink", "s", on: hosts.hosts[0], "--address", "tcp://\(hosts.hosts[0].address):0"),
            ], at: hosts.url, launcher: hosts.hubLauncher)
        try gathered.awaitAttempts(50, of: "b")
        kill(try gathered.process(of: "b"), SIGKILL)
        let ending = try gathered.run.end(exitCode: 1)
        #expect(ending.errors.contains("b vanished: nothing was heard of it for 10 s\n"))
        #expect(ending.errorLines.last?.contains("the journals of b are missing: what was lost can't be told") == true)
        #expect(ending.output.contains("Not audited: the journals of b are missing"))
        let summary = try gathered.run.summary()
        #expect(summary["lost"] == "")
        #expect(try summary.count("worker_deaths") == 1)
        #expect(try summary.count("acked") > 0)
        #expect(try gathered.clock(of: "b")["is_collected"] == "false")
        for part in ["a", "x", "s"] {
            #expect(try gathered.clock(of: part)["is_collected"] == "true")
            #expect(try gathered.parts[part]?.end().exitCode == 0)
        }
        #expect(try gathered.leftovers(of: "b").count == 2)
        let verified = try FibqProgram.run(["verify", gathered.run.folder], in: gathered.temporary.path)
        #expect(verified.exitCode == 0, "\(verified.output)")
    }

    /// Where hosts share a folder, a part's death takes nothing with it: the run is audited as any other.
    @Test func aSharedFolderKeepsWhatAKilledPartHadWritten() throws {
        let hosts = try NamespaceHosts([("left", 1_000), ("right", 2_000)])
        let temporary = try TemporaryFolder()
        let shared = temporary.path(of: "shared")
        let gathered = try GatheredRun(
            ["--mix", "fib-iterative:n=90", "--arrival", "poisson:500", "--duration", "2s", "--workers", "2"]
                + ["--lease", "500ms", "--journals", shared],
            [
                .init("worker", "a", on: hosts.hosts[0]),
                .init("worker", "b", on: hosts.hosts[1]), .init("load", "x", on: hosts.hosts[1]),
            ], at: hosts.url, launcher: hosts.hubLauncher, shared: shared, in: temporary)
        let path = "\(shared)/b.slot-0.attempts.journal"
        #expect(eventually { FileManager.default.fileExists(atPath: path) })
        kill(try gathered.process(of: "b"), SIGKILL)
        _ = try gathered.run.end()
        let summary = try gathered.run.summary()
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("worker_deaths") == 1)
        #expect(try gathered.clock(of: "b")["is_collected"] == "true")
        #expect(try gathered.parts["a"]?.end().exitCode == 0)
    }

    private func checkWhole(_ gathered: GatheredRun) throws {
        let summary = try gathered.run.summary()
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("sent") == summary.count("acked"))
        #expect(try summary.count("unexpected") == 0)
        #expect(try summary.count("messages_missing") == 0)
        #expect(try summary.count("messages_placed_twice") == 0)
    }
}
