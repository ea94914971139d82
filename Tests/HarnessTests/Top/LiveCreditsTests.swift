import Harness
import TestSupport
import Testing

@Suite struct LiveCreditsTests {
    @Test func whatIsSaidIsRead() throws {
        let folder = try TemporaryFolder()
        #expect(LiveCredits(in: folder.path) == nil)
        for balance in [30.5, -1] {
            let credits = LiveCredits(
                instance: "t2.small", balance: balance, allowedProcessors: 0.2, throttledSeconds: 1.5, timeScale: 60,
                said: 1_700_000_000)
            try credits.write(into: folder.path)
            #expect(LiveCredits(in: folder.path) == credits)
        }
    }

    @Test func anUnreadableFileSaysNothing() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("{", to: "credits.live")
        #expect(LiveCredits(in: folder.path) == nil)
    }
}
