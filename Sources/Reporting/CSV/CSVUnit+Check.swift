extension CSVUnit {
    /// By how much a share may lie outside 0 to 1: what clocks that disagree come to.
    static let shareTolerance = 0.05

    /// What is wrong with a field's text, such as `is no number`; `nil` when it is one of this unit, or empty.
    package func fault(in text: String) -> String? {
        guard !text.isEmpty else { return nil }
        switch self {
        case .text: return nil
        case .truth: return Bool(text) == nil ? "is neither true nor false" : nil
        case .tasks, .count, .bytes, .bits, .digits:
            return text.utf8.allSatisfy { (48...57).contains($0) } ? nil : "is no whole number from 0 on"
        case .share:
            guard let share = Self.number(text) else { return "is no number" }
            let allowed = -Self.shareTolerance...1 + Self.shareTolerance
            return allowed.contains(share) ? nil : "is no share from 0 to 1"
        default: return Self.number(text) == nil ? "is no number" : nil
        }
    }

    /// The number that a text in decimal notation stands for, infinite where it exceeds a `Double`; `nil` for other texts,
    /// `inf` and `nan` among them.
    private static func number(_ text: String) -> Double? {
        text.utf8.allSatisfy { (48...57).contains($0) || "+-.e".utf8.contains($0) } ? Double(text) : nil
    }
}
