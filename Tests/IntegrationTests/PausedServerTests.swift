import Glibc
import TestSupport
import Testing

/// A server that stops answering for half a second, under a constant load.
@Suite struct PausedServerTests {
    /// The pause shows in the latency from the intended start, and the schedule is not stretched to hide it.
    @Test func pauseShowsInIntendedLatencyAndNotInTheSchedule() throws {
        let run = try RunUnderTest(["--arrival", "constant:200", "--duration", "4s", "--mix", "fib-iterative:n=90"])
        try run.awaitAttempts(200)
        let server = try #require(ProcessTable.server(of: run.program.processID))
        kill(server, SIGSTOP)
        usleep(500_000)
        kill(server, SIGCONT)
        _ = try run.end()

        let summary = try run.summary()
        #expect(try summary.count("sent") == 800)
        #expect(try summary.count("acked") == 800)
        #expect(try summary.count("lost") == 0)
        let latency = try #require(run.table("latency.csv").first { $0["latency_kind"] == "end_to_end_intended" })
        #expect(try latency.number("p99_us") >= 200_000)
        #expect(try latency.number("max_us") >= 400_000)
        #expect(try latency.number("p50_us") < latency.number("p99_us") / 2)
        let intended = try run.exportedTasks().map { try $0.number("intended_s") }.sorted()
        let span = try #require(intended.last) - #require(intended.first)
        #expect(abs(span - 799.0 / 200) < 1e-5, "the schedule took \(span) s")
    }
}
