import Processes
import Testing

@Suite struct ControlGroupStatisticsTests {
    @Test func theUnifiedHierarchyCountsInMicroseconds() {
        let text = "usage_usec 1500000\nuser_usec 1\nnr_periods 10\nnr_throttled 4\nthrottled_usec 250000\n"
        let statistics = ControlGroupStatistics(text, .v2)
        #expect(statistics.usedTime == .milliseconds(1500))
        #expect(statistics.throttledTime == .milliseconds(250))
    }

    @Test func theOldOneCountsInNanosecondsAndSaysElsewhereWhatWasUsed() {
        let statistics = ControlGroupStatistics("nr_periods 10\nnr_throttled 4\nthrottled_time 250000000\n", .v1)
        #expect(statistics.usedTime == nil)
        #expect(statistics.throttledTime == .milliseconds(250))
    }

    /// The names of one generation say nothing in the other, and a group that was never limited says nothing at all.
    @Test func whatIsNotThereIsNotZero() {
        #expect(ControlGroupStatistics("throttled_time 250\n", .v2).throttledTime == nil)
        #expect(ControlGroupStatistics("throttled_usec 250\n", .v1).throttledTime == nil)
        #expect(ControlGroupStatistics("", .v2).usedTime == nil)
        #expect(ControlGroupStatistics("usage_usec many\nusage_usec\nthrottled_usec 1 2\n", .v2).usedTime == nil)
    }
}
