/// Which tasks of a plan a generator sends, where several share it.
///
/// Each task is one generator's, drawn by its place in the plan: so the parts of a Poisson process are Poisson processes, and
/// all parts together are the plan.
package struct GeneratorPart: Hashable, Sendable, CustomStringConvertible {
    /// All of them.
    package static let whole = GeneratorPart(1, of: 1)

    /// Which one it is, from 1.
    package let number: Int
    /// How many there are.
    package let count: Int

    /// The part of one of `count` generators.
    package init(_ number: Int, of count: Int) {
        precondition(count >= 1 && (1...count).contains(number), "one of the generators")
        (self.number, self.count) = (number, count)
    }

    /// Reads a part like `2/4`.
    package init(parsing text: String) throws(WorkloadError) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1], count >= 1,
            (1...count).contains(number)
        else {
            throw .invalid(
                what: "part", value: text, allowed: "the generator's number / how many there are, such as 2/4")
        }
        self.init(number, of: count)
    }

    /// The text that reads back as this part.
    package var description: String { "\(number)/\(count)" }

    /// Whether the task at that place of the plan is one of its own.
    func owns(_ place: UInt64) -> Bool {
        guard count > 1 else { return true }
        var draw = SplitMix64(seed: place)
        return draw.next() % UInt64(count) == UInt64(number - 1)
    }
}
