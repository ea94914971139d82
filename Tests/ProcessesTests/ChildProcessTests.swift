import Glibc
import Processes
import Testing

/// Starting, signalling and reaping children.
@Suite struct ChildProcessTests {
    private func shell(_ script: String, ownGroup: Bool = true) throws -> ChildProcess {
        try ChildProcess(executable: "/bin/sh", arguments: ["-c", script], ownGroup: ownGroup)
    }

    @Test(arguments: [0, 1, 42, 255] as [Int32])
    func reportsTheExitCode(code: Int32) throws {
        let child = try shell("exit \(code)")
        #expect(child.wait(upTo: .seconds(20)) == .exited(code))
        // Reaped once, it keeps its answer.
        #expect(child.poll() == .exited(code))
        #expect(child.wait() == .exited(code))
    }

    @Test(arguments: [SIGTERM, SIGKILL, SIGINT])
    func reportsTheSignalThatEndedIt(signal: Int32) throws {
        let child = try ChildProcess(executable: "/bin/sleep", arguments: ["1000"])
        #expect(child.poll() == nil)
        child.send(signal: signal)
        #expect(child.wait(upTo: .seconds(20)) == .signalled(signal))
    }

    @Test func aReapedChildIsNeverSignalledAgain() throws {
        let child = try shell("exit 3")
        #expect(child.wait(upTo: .seconds(20)) == .exited(3))
        // Its id is free by now; were it used, this could hit a stranger.
        #expect(kill(child.processID, 0) == -1)
        child.send(signal: SIGKILL)
        #expect(child.poll() == .exited(3))
    }

    @Test func waitingGivesUpInTime() throws {
        let child = try ChildProcess(executable: "/bin/sleep", arguments: ["1000"])
        #expect(child.wait(upTo: .milliseconds(5)) == nil)
        #expect(child.stop(grace: .seconds(20)) == .signalled(SIGTERM))
    }

    @Test func stopEndsAChildThatDoesNotListen() throws {
        var ends: [Int32] = [-1, -1]
        unsafe #expect(pipe(&ends) == 0)
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "trap '' TERM; echo; while :; do sleep 1000; done"],
            standardOutput: ends[1])
        close(ends[1])
        // The line says that the trap is set.
        #expect(readAll(ends[0], upTo: 1) == "\n")
        #expect(child.stop(grace: .milliseconds(20)) == .signalled(SIGKILL))
        close(ends[0])
        // The shell's sleep is in its group, not in ours.
        kill(-child.processID, SIGKILL)
    }

    @Test func aGroupOfItsOwnKeepsTheTerminalsSignalsAway() throws {
        let own = try ChildProcess(executable: "/bin/sleep", arguments: ["1000"])
        let shared = try ChildProcess(executable: "/bin/sleep", arguments: ["1000"], ownGroup: false)
        #expect(getpgid(own.processID) == own.processID)
        #expect(getpgid(shared.processID) == getpgrp())
        own.stop(grace: .seconds(20))
        shared.stop(grace: .seconds(20))
    }

    @Test func standardStreamsAreRedirected() throws {
        var input: [Int32] = [-1, -1]
        var output: [Int32] = [-1, -1]
        unsafe #expect(pipe(&input) == 0 && pipe(&output) == 0)
        for end in input + output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "cat; echo error >&2"],
            standardInput: input[0], standardOutput: output[1], standardError: output[1])
        close(input[0])
        close(output[1])
        unsafe #expect(write(input[1], "hello ", 6) == 6)
        close(input[1])
        #expect(readAll(output[0]) == "hello error\n")
        #expect(child.wait(upTo: .seconds(20)) == .exited(0))
        close(output[0])
    }

    @Test func standardInputIsEmptyUnlessGiven() throws {
        let child = try shell("read line && exit 1; exit 7")
        #expect(child.wait(upTo: .seconds(20)) == .exited(7))
    }

    @Test func theChildHasTheDefaultSignalsBack() throws {
        // Redis clients ignore SIGPIPE; a child that inherited that would not end with its reader.
        _ = signal(SIGPIPE, SIG_IGN)
        let child = try shell("kill -PIPE $$; exit 0")
        #expect(child.wait(upTo: .seconds(20)) == .signalled(SIGPIPE))
    }

    @Test func aMissingProgramIsAnError() {
        #expect(throws: ProcessError.notStarted(executable: "/no/such/program", code: ENOENT)) {
            try ChildProcess(executable: "/no/such/program", arguments: [])
        }
        #expect(throws: ProcessError.notStarted(executable: "/etc/passwd", code: EACCES)) {
            try ChildProcess(executable: "/etc/passwd", arguments: [])
        }
        #expect("\(ProcessError.notStarted(executable: "/x", code: ENOENT))".contains("No such file"))
    }

    @Test func statusesReadWell() {
        #expect("\(ExitStatus.exited(2))" == "exit code 2")
        #expect("\(ExitStatus.signalled(9))" == "signal 9")
    }
}

/// What can be read from a pipe until it ends, or `limit` bytes of it.
func readAll(_ descriptor: Int32, upTo limit: Int = .max) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < limit, unsafe read(descriptor, &byte, 1) == 1 { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
}
