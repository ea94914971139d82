/// Numbers for people: grouped by thousands, times with the unit that fits. Files get other ones (``CSVField``).
package enum HumanNumber {
    /// The sum of counts of which some may not be known: `12`, `≥ 12`, or a dash where none is.
    static func total(_ values: [Int?]) -> String {
        let known = values.compactMap(\.self)
        guard !known.isEmpty else { return "–" }
        return (known.count < values.count ? "≥ " : "") + count(known.reduce(0, +))
    }

    /// A count, such as `12,345`.
    package static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        let grouped = digits.enumerated().reduce(into: "") { text, digit in
            if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { text.append(",") }
            text.append(digit.element)
        }
        return value < 0 ? "-" + grouped : grouped
    }

    /// A rate, such as `12,345/s`, `12.3/s` or `0.12/s`.
    package static func rate(_ perSecond: Double) -> String { number(perSecond) + "/s" }

    /// A number such as `12,345`, `12.3` or `1.23`: whole from 100 on, else one or two digits after the point.
    package static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.description }
        guard value.magnitude < 99.95 else { return Int(exactly: value.rounded()).map(count) ?? value.description }
        return value == 0 ? "0" : value.fixed(value.magnitude < 9.995 ? 2 : 1)
    }

    /// A time given in microseconds, to three digits, such as `1.23 ms`; minutes from 100 s on.
    package static func time(microseconds: Double) -> String {
        if microseconds < 999.5 { return number(microseconds) + " µs" }
        if microseconds < 999_500 { return number(microseconds / 1e3) + " ms" }
        if microseconds < 99_950_000 { return number(microseconds / 1e6) + " s" }
        return clock(seconds: microseconds / 1e6)
    }

    /// A length of time as on a clock, such as `1:05` or `2:00:09`.
    package static func clock(seconds: Double) -> String {
        let whole = Int(min(max(0, seconds), 1e15).rounded())
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        let rest = padded(whole % 60)
        return hours > 0 ? "\(hours):\(padded(minutes)):\(rest)" : "\(minutes):\(rest)"
    }

    /// A share from 0 to 1 as a percentage, such as `12.3 %`.
    package static func percent(_ share: Double) -> String { (share * 100).fixed(1) + " %" }

    /// A number of bytes, such as `12.3 MiB`.
    package static func bytes(_ value: Int) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var (number, unit) = (Double(value), 0)
        while number.magnitude >= 1_023.5, unit < units.count - 1 { (number, unit) = (number / 1_024, unit + 1) }
        return (unit == 0 ? count(value) : Self.number(number)) + " " + units[unit]
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
