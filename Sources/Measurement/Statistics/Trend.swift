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
/// The error bar takes the residuals for independent. Those of a backlog are not (a backlog remembers), so it is
/// narrower than the truth; ``LoadVerdict`` has a tolerance for that.
package struct Trend: Sendable, Equatable {
    /// Change of the value per second.
    package let slope: Double
    /// Standard error of the slope.
    package let standardError: Double
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
    }

    /// The slope's 95 % confidence interval, by Student's t with `count` − 2 degrees of freedom.
    package var interval: ClosedRange<Double> {
        let margin = StudentT.quantile975(degreesOfFreedom: count - 2) * standardError
        return (slope - margin)...(slope + margin)
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
