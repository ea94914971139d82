/// What a column's values are counted in. It also sets how many digits a number that is not whole gets.
package enum CSVUnit: String, Sendable, CaseIterable {
    /// A name or other text.
    case text
    /// `true` or `false`.
    case truth = "true/false"
    /// A number without a unit.
    case number
    /// Tasks.
    case tasks
    /// Events of the kind that the column names.
    case count
    /// Tasks a second.
    case perSecond = "tasks/s"
    /// Seconds.
    case seconds = "s"
    /// Seconds squared.
    case secondsSquared = "s²"
    /// Microseconds.
    case microseconds = "µs"
    /// Nanoseconds.
    case nanoseconds = "ns"
    /// Bytes.
    case bytes
    /// A part of a whole, from 0 to 1.
    case share
    /// A quotient of like things: above 1 where the first is the greater.
    case ratio
    /// Hundredths.
    case percent = "%"
    /// Binary digits.
    case bits
    /// Decimal digits.
    case digits
    /// Units in the last place.
    case ulp
    /// Credits: a core for a minute.
    case credits
    /// Commands a task.
    case commandsPerTask = "commands/task"
    /// Bytes a task.
    case bytesPerTask = "bytes/task"
    /// Microseconds a task.
    case microsecondsPerTask = "µs/task"

    /// Digits after the point; `nil`: as many as it takes to read the same number back, with an exponent if need be.
    var decimals: Int? {
        switch self {
        case .seconds: 6
        case .secondsSquared: 12
        case .share, .ratio, .credits, .commandsPerTask: 4
        case .number, .ulp: nil
        default: 3
        }
    }
}
