/// A value at a time, in seconds.
package struct TimedValue: Sendable, Equatable {
    /// Seconds since any start.
    package var time: Double
    /// What was seen then.
    package var value: Double

    /// A value at a time.
    package init(time: Double, value: Double) {
        self.time = time
        self.value = value
    }
}

/// The straight line through timed values by least squares, and how sure its slope is.
///
/// A backlog remembers: what lies off the line at one look lies off it at the next, which ``intervalWithMemory`` allows for.
package struct Trend: Sendable, Equatable {
    /// Change of the value per second.
    package let slope: Double
    /// Standard error of the slope, if the residuals were independent.
    package let standardError: Double
    /// How alike neighbouring residuals are: their autocorrelation at a distance of one, 0 to 0.95.
    package let memory: Double
    /// Values it is made of, at least 3.
    package let count: Int

    /// The trend of at least 3 values at 2 or more times; `nil` with less.
    package init?(_ values: [TimedValue]) {
        guard values.count >= 3, let line = FittedLine(values.map(\.time), values.map(\.value)),
            let standardError = line.standardError
        else { return nil }
        slope = line.slope
        self.standardError = standardError
        count = line.count
        memory = Self.memory(values, slope: line.slope)
    }

    /// The slope's 95 % confidence interval, by Student's t with `count` − 2 degrees of freedom, if the residuals were independent.
    package var interval: ClosedRange<Double> { interval(widening: 1) }

    /// The interval, wider by as much as neighbouring residuals are alike: by the variance of a mean over a first-order
    /// autoregression.
    package var intervalWithMemory: ClosedRange<Double> {
        interval(widening: ((1 + memory) / (1 - memory)).squareRoot())
    }

    private func interval(widening: Double) -> ClosedRange<Double> {
        let margin = StudentT.quantile975(degreesOfFreedom: count - 2) * standardError * widening
        return (slope - margin)...(slope + margin)
    }

    private static func memory(_ values: [TimedValue], slope: Double) -> Double {
        let count = Double(values.count)
        let (meanTime, mean) = (
            values.reduce(0) { $0 + $1.time } / count, values.reduce(0) { $0 + $1.value } / count
        )
        let residuals = values.map { $0.value - mean - slope * ($0.time - meanTime) }
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        guard squares > 0 else { return 0 }
        let products = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        return min(0.95, max(0, products / squares))
    }
}

/// Student's t distribution.
enum StudentT {
    /// The value that 97.5 % of the distribution lies below, right to 0.2 %.
    ///
    /// Exact for 1 and 2 degrees of freedom, beyond by the expansion about the normal quantile of Abramowitz and
    /// Stegun, Handbook of Mathematical Functions, 26.7.5.
    static func quantile975(degreesOfFreedom n: Int) -> Double {
        precondition(n >= 1, "Student's t has at least one degree of freedom")
        if n == 1 { return 12.7062 }
        if n == 2 { return 4.3027 }
        let x = 1.959964
        let (x3, x5) = (x * x * x, x * x * x * x * x)
        let x7 = x5 * x * x
        let v = Double(n)
        let first = (x3 + x) / 4
        let second = (5 * x5 + 16 * x3 + 3 * x) / 96
        let third = (3 * x7 + 19 * x5 + 17 * x3 - 15 * x) / 384
        let fourth = (79 * x7 * x * x + 776 * x7 + 1482 * x5 - 1920 * x3 - 945 * x) / 92_160
        return x + (first + (second + (third + fourth / v) / v) / v) / v
    }
}
