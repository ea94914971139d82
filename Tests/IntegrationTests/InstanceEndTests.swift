import Glibc
import TestSupport
import Testing

/// However a run on an instance ends, nothing of it is left: no process, and no control group.
@Suite(.enabled(if: InstanceGroups.arePossible, "no control groups here that this user may use"))
struct InstanceEndTests {
    private static let arguments = [
        "--instance", "t2.small", "--mix", "fib-gmp:n=50000", "--workers", "2", "--claim", "16", "--monitors", "1",
    ]
    private static let endless = arguments + ["--credits", "empty", "--tasks", "1000000", "--duration", "60s"]

    @Test func nothingIsLeftOfARunThatIsDone() throws {
        let run = try RunUnderTest.finished(Self.arguments + ["--credits", "full", "--tasks", "100"])
        #expect(try InstanceGroups.of(run.program.processID) == [])
    }

    @Test(arguments: [SIGINT, SIGTERM]) func nothingIsLeftOfOneThatIsInterrupted(signal: Int32) throws {
        let run = try RunUnderTest(Self.endless)
        let processes = try Self.onInstance(run)
        run.program.send(signal: signal)
        _ = try run.end(exitCode: 130)
        #expect(processes.allSatisfy { !ProcessTable.isAlive($0) })
        #expect(try InstanceGroups.of(run.program.processID) == [])
        // What was measured is there, from the beginning of the account on.
        let readings = try run.table("credits.csv")
        #expect(try #require(readings.first).number("used_s") == 0)
        #expect(try #require(readings.first).number("credit_balance") == 0)
        #expect(readings.contains { $0["phase"] == "load" })
    }

    /// The control protocol loses what a killed worker held, so the run fails.
    @Test func nothingIsLeftOfOneThatFails() throws {
        let run = try RunUnderTest(Self.arguments + ["--credits", "full", "--tasks", "20000", "--protocol", "pop"])
        let processes = try Self.onInstance(run)
        try run.killWorkerAtWork()
        _ = try run.end(exitCode: 1)
        #expect(processes.allSatisfy { !ProcessTable.isAlive($0) })
        #expect(try InstanceGroups.of(run.program.processID) == [])
    }

    /// Its server is gone, and with it the run.
    @Test func nothingIsLeftOfOneThatCanNotGoOn() throws {
        let run = try RunUnderTest(Self.endless)
        let processes = try Self.onInstance(run)
        kill(try #require(ProcessTable.server(of: run.program.processID)), SIGKILL)
        // Everybody asks for the server a while longer.
        let ending = try run.program.end(within: .seconds(240))
        #expect(ending.exitCode != nil && ending.exitCode != 0, "\(ending.errors)")
        #expect(processes.allSatisfy { !ProcessTable.isAlive($0) })
        #expect(try InstanceGroups.of(run.program.processID) == [])
    }

    /// Nobody could clear away: the processes end all the same, and the groups go when the next run begins.
    @Test func whatAKilledConductorLeftIsRemovedByTheNext() throws {
        let run = try RunUnderTest(Self.endless)
        let conductor = run.program.processID
        let processes = try Self.onInstance(run)
        let all = ProcessTable.descendants(of: conductor)
        #expect(processes.isSubset(of: all))
        run.program.send(signal: SIGKILL)
        #expect(try run.program.end().signal == SIGKILL)
        #expect(eventually { all.allSatisfy { !ProcessTable.isAlive($0) } })
        #expect(try eventually { try InstanceGroups.processes(of: conductor).isEmpty })
        #expect(try InstanceGroups.of(conductor) != [])
        let next = try RunUnderTest.finished(Self.arguments + ["--credits", "full", "--tasks", "100"])
        #expect(try InstanceGroups.of(conductor) == [])
        #expect(try InstanceGroups.of(next.program.processID) == [])
    }

    /// Waits until it works, and returns what is on its instance: two workers, the server, and a monitor if the protocol has one.
    private static func onInstance(_ run: RunUnderTest) throws -> Set<pid_t> {
        try run.awaitAttempts(1)
        let conductor = run.program.processID
        try #require(try InstanceGroups.of(conductor) != [])
        let processes = try InstanceGroups.processes(of: conductor)
        let server = try #require(ProcessTable.server(of: conductor))
        try #require(processes.contains(server))
        try #require(processes.isSuperset(of: run.workers))
        try #require(run.workers.count == 2 && processes.count >= 3)
        return processes
    }
}
