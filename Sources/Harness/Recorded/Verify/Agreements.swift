/// Collects what does not agree of numbers that must.
struct Agreements {
    private(set) var problems: [String] = []

    /// Two numbers must be the same, but for `tolerance`.
    mutating func expect(
        _ name: String, _ value: Double, _ otherName: String, _ other: Double, within tolerance: Double = 0
    ) {
        guard abs(value - other) > tolerance else { return }
        problems.append("\(name) is \(Self.text(value)), and \(otherName) \(Self.text(other))")
    }

    /// A number must not be above another.
    mutating func expectAtMost(_ name: String, _ value: Double, _ otherName: String, _ other: Double) {
        guard value > other else { return }
        problems.append("\(name) is \(Self.text(value)), more than \(otherName), \(Self.text(other))")
    }

    /// Whole numbers without a point.
    private static func text(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }
}
