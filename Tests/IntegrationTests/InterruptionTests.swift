import Foundation
import Glibc
import Reporting
import TestSupport
import Testing

/// Runs that are ended from outside.
@Suite struct InterruptionTests {
    private static let endless = ["--arrival", "constant:500", "--duration", "300s"]

    @Test(arguments: [SIGINT, SIGTERM]) func whatWasMeasuredIsWritten(signal: Int32) throws {
        let run = try RunUnderTest(Self.endless + ["--mix", "fib-iterative:n=90", "--monitors", "1"])
        try run.awaitAttempts(200)
        let (children, server) = try Self.below(run)
        run.program.send(signal: signal)
        let ending = try run.end(exitCode: 130)
        #expect(ending.errorLines.last == "fibq: interrupted; what was measured so far is in \(run.folder)")
        let manifest = try Manifest.read(from: run.folder)
        #expect(manifest.sha256.count == 7)
        #expect(try manifest.changedFiles(in: run.folder) == [])
        #expect(manifest.exitStatus == 130)
        let summary = try run.summary()
        #expect(try summary.count("acked") >= 199)
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("sent") == summary.count("acked") + summary.count("left_in_redis"))
        #expect(try summary.count("worker_deaths") == 0)
        #expect(children.allSatisfy { !ProcessTable.isAlive($0) })
        #expect(!FileManager.default.fileExists(atPath: server))
    }

    /// Interrupted while the backlog is still being sent.
    @Test func anInterruptedLoadIsWrittenToo() throws {
        let run = try RunUnderTest(["--tasks", "50000000", "--mix", "fib-iterative:n=90"])
        #expect(eventually { !run.journals("enqueues").isEmpty })
        run.program.send(signal: SIGINT)
        _ = try run.end(exitCode: 130)
        #expect(try run.summary().count("acked") == 0)
        #expect(try run.summary().count("lost") == 0)
    }

    /// A run that is killed leaves no process behind, and no folder of its server or its sink.
    @Test func aKilledRunTakesItsProcessesWithIt() throws {
        let run = try RunUnderTest(Self.endless + ["--mix", "fib-iterative:n=90,message", "--monitors", "1"])
        try run.awaitAttempts(100)
        let (children, server) = try Self.below(run)
        let sink = try Self.folderOfSink(run)
        run.program.send(signal: SIGKILL)
        #expect(try run.program.end().signal == SIGKILL)
        #expect(eventually { children.allSatisfy { !ProcessTable.isAlive($0) } })
        #expect(eventually { !FileManager.default.fileExists(atPath: server) })
        #expect(eventually { !FileManager.default.fileExists(atPath: sink) })
        // The journals are whole for all that.
        #expect(try run.exportedTasks().count >= 100)
    }

    /// Started by a run that was killed before the process could ask to be told of it.
    @Test func aProcessThatHasOutlivedItsRunEndsAtOnce() throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(
            ["worker", "--redis", "unix:///nowhere"], in: folder.path, environment: ["FIBQ_PARENT": "1"])
        #expect(ending.exitCode == 69)
        #expect(ending.errors == "fibq: the run that this process belongs to has ended\n")
    }

    /// A run's processes, and the folder of its server.
    private static func below(_ run: RunUnderTest) throws -> (processes: [pid_t], serverFolder: String) {
        let server = try #require(ProcessTable.server(of: run.program.processID))
        let folder = try #require(ProcessTable.folder(of: server))
        let processes = ProcessTable.descendants(of: run.program.processID)
        // Two workers, the generator, a monitor, the server and its supervisor.
        try #require(processes.count >= 6)
        try #require(FileManager.default.fileExists(atPath: folder))
        return (processes, folder)
    }

    /// The folder of the socket of a run's sink.
    private static func folderOfSink(_ run: RunUnderTest) throws -> String {
        let sink = try #require(ProcessTable.children(of: run.program.processID, role: "sink").first)
        let address = try #require(ProcessTable.arguments(of: sink).first { $0.hasPrefix("unix://") })
        let socket = URL(fileURLWithPath: String(address.dropFirst("unix://".count)))
        try #require(FileManager.default.fileExists(atPath: socket.path))
        return socket.deletingLastPathComponent().path
    }
}
