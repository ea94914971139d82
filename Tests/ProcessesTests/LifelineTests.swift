import Glibc
import Processes
import TestSupport
import Testing

/// Children that learn of their parent's end.
@Suite struct LifelineTests {
    /// Ends with 5 as soon as its standard input does.
    private let untilBroken = ["-c", "read -r nothing; exit 5"]

    @Test func theChildNoticesWhenTheLifelineGoes() throws {
        let child: ChildProcess
        do {
            var lifeline = try Lifeline()
            child = try ChildProcess(executable: "/bin/sh", arguments: untilBroken, standardInput: lifeline.childEnd)
            lifeline.closeChildEnd()
            // A second call must not close a descriptor that belongs to somebody else by now.
            lifeline.closeChildEnd()
            #expect(child.wait(upTo: .milliseconds(20)) == nil)
        }
        #expect(child.wait(upTo: .seconds(20)) == .exited(5))
    }

    @Test func otherChildrenDoNotHoldItOpen() throws {
        let (watcher, stranger): (ChildProcess, ChildProcess)
        do {
            var lifeline = try Lifeline()
            watcher = try ChildProcess(executable: "/bin/sh", arguments: untilBroken, standardInput: lifeline.childEnd)
            stranger = try ChildProcess(executable: "/bin/sleep", arguments: ["1000"])
            lifeline.closeChildEnd()
        }
        #expect(watcher.wait(upTo: .seconds(20)) == .exited(5))
        #expect(stranger.poll() == nil)
        stranger.stop(grace: .seconds(20))
    }

    @Test func descriptorsAreGivenBack() throws {
        let before = openDescriptors()
        for _ in 0..<2_000 { _ = try Lifeline() }
        // Other tests open some meanwhile; two thousand leaked pipes would stand out.
        #expect(openDescriptors() < before + 1_000)
    }

    private func openDescriptors() -> Int {
        (0..<4_096).count { fcntl(Int32($0), F_GETFD) != -1 }
    }
}
