import Foundation

/// Smooths rates over time: each interval counts for less the longer ago it was, by half every seven seconds. Pure.
struct RateSmoother {
    /// The time constant, in seconds.
    static let seconds = 10.0

    private(set) var rates: TopRates?

    /// Takes an interval's rates into account. One that is not known now is not known smoothed either; one that is known again
    /// begins there.
    mutating func note(_ latest: TopRates) -> TopRates {
        var smoothed = rates ?? latest
        let weight = rates == nil ? 1 : 1 - exp(-latest.seconds / Self.seconds)
        smoothed.seconds = Self.seconds
        smoothed.isEnqueuedEstimated = latest.isEnqueuedEstimated
        smoothed.isDoneEstimated = latest.isDoneEstimated
        for field in TopRates.fields {
            smoothed[keyPath: field] = latest[keyPath: field].map { value in
                let before = smoothed[keyPath: field] ?? value
                return before + weight * (value - before)
            }
        }
        rates = smoothed
        return smoothed
    }
}
