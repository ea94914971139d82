extension CreditAccount.Start: CustomStringConvertible {
    /// Reads `launch`, `full`, `empty` or a number of credits.
    package init?(_ text: String) {
        switch text {
        case "launch": self = .launch
        case "full": self = .full
        case "empty": self = .empty
        default:
            guard let credits = Double(text), credits.isFinite, credits >= 0 else { return nil }
            self = .credits(credits)
        }
    }

    /// The names that ``init(_:)`` takes besides a number of credits.
    package static let names = ["launch", "full", "empty"]

    /// The text that reads back as this start.
    package var description: String {
        switch self {
        case .launch: "launch"
        case .full: "full"
        case .empty: "empty"
        case .credits(let credits): Int64(exactly: credits).map(String.init) ?? "\(credits)"
        }
    }
}
