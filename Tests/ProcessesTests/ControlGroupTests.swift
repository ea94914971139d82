import Foundation
import Processes
import TestSupport
import Testing

/// A group of processes gets no more than its limits, where this system lets its user set some.
@Suite struct ControlGroupTests {
    static let isPossible = (try? ControlGroup(.init(quota: 1))) != nil
    static let isWholePossible = (try? ControlGroup(whole)) != nil

    private static var whole: ControlGroup.Limits {
        var limits = ControlGroup.Limits(quota: 1)
        limits.processors = Array(Processors.allowed.suffix(1))
        limits.memoryBytes = 64 << 20
        return limits
    }

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func aBusyProcessIsHeldBack() throws {
        let group = try ControlGroup(.init(quota: 0.2))
        let child = try Self.busy(in: group)
        let began = ContinuousClock.now
        #expect(child.wait(upTo: .seconds(2)) == nil)
        child.stop(grace: .zero)
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        let used = try #require(child.usage).cpuSeconds
        // A fifth, and the periods at both ends. On a busy machine it may not get as much, and then nothing holds it back.
        #expect(used < 0.2 * seconds + 0.2)
        if used > 0.15 * seconds { #expect(try group.throttledTime() > .zero) }
        // The group's own account is of the same process.
        #expect(abs(try group.usedTime() / .seconds(1) - used) < 0.1)
    }

    /// Judged by the kernel's account alone: how much of the time there was to be had is not this test's.
    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func aQuotaChangesUnderARunningProcess() throws {
        var limits = ControlGroup.Limits()
        limits.period = .milliseconds(10)
        let group = try ControlGroup(limits)
        let child = try Self.busy(in: group)
        #expect(child.wait(upTo: .milliseconds(300)) == nil)
        #expect(try group.throttledTime() == .zero)
        try group.setQuota(0.1)
        let (before, began) = (try group.usedTime(), ContinuousClock.now)
        #expect(child.wait(upTo: .seconds(2)) == nil)
        let used = try group.usedTime() - before
        #expect(used < (ContinuousClock.now - began) / 10 + .milliseconds(100))
        try group.setQuota(nil)
        let throttled = try group.throttledTime()
        #expect(child.wait(upTo: .milliseconds(300)) == nil)
        // What was held back at that moment may end within its period.
        #expect(try group.throttledTime() - throttled < .milliseconds(50))
        child.stop(grace: .zero)
    }

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func theProcessIsTheOneThatWasStarted() throws {
        let group = try ControlGroup(.init(quota: 1))
        // The group goes with the last reference.
        defer { withExtendedLifetime(group) {} }
        let (child, text) = try Self.output(of: ["/bin/sh", "-c", "echo $$"], in: group)
        #expect(text == "\(child.processID)\n")
    }

    @Test(.enabled(if: isWholePossible, "no control groups for memory and processors that this user may use"))
    func processorsAndMemoryAreLimited() throws {
        let group = try ControlGroup(Self.whole)
        let (_, processors) = try Self.output(of: ["/usr/bin/nproc"], in: group)
        #expect(processors == "1\n")
        // Half a gigabyte is not to be had.
        let (_, after) = try Self.output(
            of: ["/bin/sh", "-c", "head -c 512M /dev/zero | tail -c 512M | wc -c"], in: group)
        #expect(after != "\(512 << 20)\n")
    }

    @Test(arguments: [("0", [0]), ("0-3", [0, 1, 2, 3]), ("0-1,8,10-11", [0, 1, 8, 10, 11])])
    func listsOfProcessorsAreRead(_ list: String, _ numbers: [Int]) {
        #expect(Processors.numbers(in: list) == numbers)
        #expect(!Processors.allowed.isEmpty)
    }

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func aGroupGoesWithItsLastReference() throws {
        let joined = try ControlGroup(.init(quota: 1)).launcher().filter { $0.hasSuffix("/cgroup.procs") }
        #expect(!joined.isEmpty)
        for path in joined { #expect(!FileManager.default.fileExists(atPath: path)) }
    }

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func whatADeadProgramLeftIsRemoved() throws {
        let group = try ControlGroup(.init(quota: 1))
        let file = try #require(try group.launcher().first { $0.hasSuffix("/cgroup.procs") })
        let home = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().path
        // A process that has ended and was waited for.
        let dead = try ChildProcess(executable: "/bin/true", arguments: [])
        #expect(dead.wait(upTo: .seconds(20)) == .exited(0))
        let left = "\(home)/fibq-\(dead.processID)-1"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
        withExtendedLifetime(try ControlGroup(.init(quota: 1))) {
            #expect(!FileManager.default.fileExists(atPath: left))
        }
        withExtendedLifetime(group) {}
    }

    private static func busy(in group: ControlGroup) throws -> ChildProcess {
        let launcher = try group.launcher()
        return try ChildProcess(
            executable: launcher[0],
            arguments: Array(launcher.dropFirst()) + ["/bin/sh", "-c", "while :; do :; done"])
    }

    /// By way of a file: the end of a pipe does not come as long as any process that was started meanwhile has it, too.
    private static func output(of command: [String], in group: ControlGroup) throws -> (ChildProcess, String) {
        let launcher = try group.launcher()
        let folder = try TemporaryFolder()
        let path = folder.path(of: "output")
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let child = try ChildProcess(
            executable: launcher[0], arguments: Array(launcher.dropFirst()) + command,
            standardOutput: file.fileDescriptor)
        #expect(child.wait(upTo: .seconds(60)) == .exited(0))
        try file.close()
        return (child, try String(contentsOfFile: path, encoding: .utf8))
    }
}
