/// One line that shows how far a sweep is, for a terminal to overwrite.
package struct SweepLine: Sendable, Equatable {
    /// The run that is under way.
    package var name: String
    /// Its rank among all, from 1.
    package var rank: Int
    /// How many runs there are.
    package var total: Int
    /// Seconds left, as far as can be told.
    package var secondsLeft: Double?
    /// What its cell varies, one text an axis.
    package var parameters: [String]

    /// A line of the given values.
    package init(name: String, rank: Int, total: Int, secondsLeft: Double?, parameters: [String]) {
        self.name = name
        self.rank = rank
        self.total = total
        self.secondsLeft = secondsLeft
        self.parameters = parameters
    }

    /// The text, without a line break. A part that would go beyond the width of a ``LiveLine`` is left out.
    package var text: String {
        let left = secondsLeft.map { [HumanNumber.clock(seconds: $0) + " left"] } ?? []
        let start = "\(HumanNumber.count(rank))/\(HumanNumber.count(total)) · \(name)"
        return (left + parameters).reduce(start) { line, part in
            line.count + 3 + part.count <= LiveLine.width ? line + " · " + part : line
        }
    }
}
