import ReliableQueue
package import Reporting

/// Makes pages of readings, one after the other: what can be told from one alone, and what takes the ones before. Pure.
package struct TopHistory: Sendable {
    /// How many of the server's commands are shown.
    private static let commands = 8

    private let address: QueueAddress
    private var last: TopReading?
    private var smoother = RateSmoother()
    private var forecast = WaitForecast()
    private var watch = RenewalWatch()

    /// Of a queue that was not looked at yet.
    package init(of address: QueueAddress) { self.address = address }

    /// The page of a reading.
    package mutating func page(of reading: TopReading) -> TopPage {
        var page = TopPage(address, reading, renewals: watch.note(reading.sight))
        if let last, let rates = TopRates(from: last, to: reading) {
            let smoothed = smoother.note(rates)
            page.latest = TopPage.Rates(rates)
            page.smoothed = TopPage.Rates(smoothed)
            page.machine.processors = rates.processors
            page.machine.commandsPerSecond = rates.commands
            page.waits.predicted = forecast.note(waiting: reading.sight.depth.pending, rates, smoothed)
            page.commands = TopPage.commands(last, reading, seconds: rates.seconds, most: Self.commands)
        } else {
            (smoother, forecast) = (RateSmoother(), WaitForecast())
        }
        last = reading
        return page
    }

    /// The server went away: what happens until it is back belongs to no interval.
    package mutating func interrupt() {
        last = nil
        (smoother, forecast, watch) = (RateSmoother(), WaitForecast(), RenewalWatch())
    }
}
