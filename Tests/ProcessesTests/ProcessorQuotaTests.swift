import Foundation
import Processes
import Testing

/// A process gets no more than its share of a processor, where this system lets its user say so.
@Suite struct ProcessorQuotaTests {
    static let isPossible = (try? ProcessorQuota(share: 1)) != nil

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func aBusyProcessIsHeldBack() throws {
        let quota = try ProcessorQuota(share: 0.2)
        let launcher = try quota.launcher()
        let child = try ChildProcess(
            executable: launcher[0], arguments: Array(launcher.dropFirst()) + ["/bin/sh", "-c", "while :; do :; done"])
        #expect(child.wait(upTo: .seconds(2)) == nil)
        child.stop(grace: .zero)
        let used = try #require(child.usage).cpuSeconds
        // A fifth of two seconds, and the period that it was at.
        #expect(used < 0.8)
        #expect(try quota.throttledTime() > .milliseconds(500))
    }

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func theProcessIsTheOneThatWasStarted() throws {
        let quota = try ProcessorQuota(share: 1)
        // The group goes with the last reference.
        defer { withExtendedLifetime(quota) {} }
        let launcher = try quota.launcher()
        let output = Pipe()
        let child = try ChildProcess(
            executable: launcher[0], arguments: Array(launcher.dropFirst()) + ["/bin/sh", "-c", "echo $$"],
            standardOutput: output.fileHandleForWriting.fileDescriptor)
        #expect(child.wait(upTo: .seconds(20)) == .exited(0))
        try output.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text == "\(child.processID)\n")
    }
}
