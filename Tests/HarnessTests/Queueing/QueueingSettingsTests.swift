import Harness
import Measurement
import Testing

@Suite struct QueueingSettingsTests {
    @Test func eachRunHasAsManyTasksAsChanceDemands() {
        let points = QueueingSettings().points
        #expect(points.map(\.cell) == ["mm1-90", "md1-90", "mm1-70", "md1-70", "mm1-50", "md1-50"])
        #expect(points.map(\.tasks) == [217_000, 109_000, 100_000, 100_000, 100_000, 100_000])
    }

    @Test func aTrialHasJustThose() {
        var settings = QueueingSettings()
        (settings.tasks, settings.loads) = (500, [0.925, 0.1])
        #expect(settings.points.map(\.tasks) == [500, 500, 500, 500])
        #expect(settings.points[0].cell == "mm1-92.5")
    }

    @Test func moreAreMore() {
        var settings = QueueingSettings()
        (settings.tasks, settings.loads) = (1_000_000, [0.9])
        #expect(settings.points.map(\.tasks) == [1_000_000, 1_000_000])
    }

    @Test(arguments: [[1.0], [0], [], [0.5, 0.5], [-0.1], [.nan]]) func loadsThatMakeNoSenseAreRefused(loads: [Double])
    {
        var settings = QueueingSettings()
        settings.loads = loads
        #expect(throws: HarnessError.self) { try settings.validate() }
    }

    @Test func whatIsTooShortOrTooLittleIsRefused() {
        for change: (inout QueueingSettings) -> Void in [
            { $0.service = .microseconds(900) }, { $0.tasks = 99 }, { $0.parallel = 0 }, { $0.service = .seconds(2) },
        ] {
            var settings = QueueingSettings()
            change(&settings)
            #expect(throws: HarnessError.self) { try settings.validate() }
        }
    }
}
