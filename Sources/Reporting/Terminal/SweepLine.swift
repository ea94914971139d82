/// One line that shows how far a sweep is.
package struct SweepLine: Sendable, Equatable {
    /// The run that is under way.
    package var name: String
    /// Its rank among all, from 1.
    package var rank: Int
    /// How many runs there are.
    package var total: Int
    /// Whether there may be more, by how these end.
    package var isOpen: Bool
    /// How much of the sweep's time has gone by, from 0 to 1; `nil` to go by the rank.
    package var share: Double?
    /// Seconds left, as far as can be told.
    package var secondsLeft: Double?
    /// What its cell varies, one text an axis.
    package var parameters: [String]

    /// A line of the given values.
    package init(
        name: String, rank: Int, total: Int, isOpen: Bool = false, share: Double? = nil, secondsLeft: Double?,
        parameters: [String]
    ) {
        self.name = name
        self.rank = rank
        self.total = total
        self.isOpen = isOpen
        self.share = share
        self.secondsLeft = secondsLeft
        self.parameters = parameters
    }

    /// The text, without a line break, for a file. A part that would go beyond the width of a ``LiveLine`` is left out.
    package var text: String { text(width: LiveLine.width) }

    /// The text with a bar in front, for a terminal of that width to overwrite. A part that would not fit is left out, first
    /// of all the bar.
    package func bar(width: Int) -> String {
        let length = min(Self.longestBar, width / 5)
        guard length >= Self.shortestBar else { return text(width: width) }
        let done = share ?? Double(rank - 1) / Double(max(1, total))
        let full = min(length, max(0, Int(done * Double(length))))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: length - full)
        return bar + " " + text(width: width - length - 1)
    }

    private static let shortestBar = 8
    private static let longestBar = 30

    private func text(width: Int) -> String {
        let left = secondsLeft.map { [HumanNumber.clock(seconds: $0) + " left"] } ?? []
        let start = "\(HumanNumber.count(rank))/\(HumanNumber.count(total))\(isOpen ? "+" : "") · \(name)"
        return (left + parameters).reduce(start) { line, part in
            line.count + 3 + part.count <= width ? line + " · " + part : line
        }
    }
}
