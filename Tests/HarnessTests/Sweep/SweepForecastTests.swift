import Harness
import Testing

/// How long the rest of a sweep takes.
@Suite struct SweepForecastTests {
    @Test func plannedTimesAndASecondEach() throws {
        var forecast = SweepForecast(planned: [10, 60], left: [2, 1])
        #expect(forecast.secondsLeft == 83)
        forecast.end(0, seconds: 10.5)
        #expect(forecast.secondsLeft == 71)
        forecast.end(1, seconds: 61.5)
        #expect(forecast.secondsLeft == 11)
        forecast.end(0, seconds: 11)
        #expect(forecast.secondsLeft == 0)
    }

    /// What takes as long as it takes counts with what runs of its cell took, or else of others.
    @Test func whatIsNotPlannedIsLearnt() {
        var forecast = SweepForecast(planned: [nil, nil, 5], left: [2, 1, 1])
        #expect(forecast.secondsLeft == nil)
        forecast.end(0, seconds: 3)
        #expect(forecast.secondsLeft == 12)
        forecast.end(1, seconds: 9)
        #expect(forecast.secondsLeft == 9)
        forecast.add(1)
        #expect(forecast.secondsLeft == 18)
    }

    /// A run that ended early had no negative time to start and stop.
    @Test func aRunThatEndedEarlyTakesNothingOff() {
        var forecast = SweepForecast(planned: [10], left: [2])
        forecast.end(0, seconds: 4)
        #expect(forecast.secondsLeft == 10)
    }
}
