/// A check of a recorded folder, and what it found.
package struct CheckOutcome: Sendable, Equatable {
    /// What is checked. The order is that in which it is said.
    package enum Check: String, Sendable, CaseIterable {
        /// The manifest can be read, and is of this version.
        case manifest
        /// Each file that it names is there, and as it was signed.
        case sums
        /// Each table that is there is named by it.
        case files
        /// Each table is whole and of this version, and each field of its unit.
        case tables
        /// Each row is of this run.
        case keys
        /// Tasks add up, in one table and over several.
        case counts
        /// Percentiles do not fall.
        case latencies
        /// Times and traffic of the roles add up.
        case costs
        /// Messages add up.
        case sink
        /// Generators add up.
        case generators
        /// Time does not go back in the account of credits.
        case credits
        /// A sweep's rows are those of its runs.
        case cells
        /// A sweep's faults are those of its runs.
        case faults
        /// What is said of failovers follows from the faults.
        case failovers
        /// What is said of repetitions follows from them.
        case estimates
        /// Each cell was run as often as it was to be.
        case repetitions
        /// The folders within it are all right.
        case parts
    }

    /// What was checked.
    package let check: Check
    /// What holds if nothing is wrong, in a few words.
    package let claim: String
    /// What is wrong, a line each.
    package let problems: [String]
    /// What is not wrong and yet to be known, a line each.
    package let notes: [String]

    /// An outcome of the given values.
    package init(_ check: Check, _ claim: String, problems: [String] = [], notes: [String] = []) {
        self.check = check
        self.claim = claim
        self.problems = problems
        self.notes = notes
    }

    /// True when nothing is wrong.
    package var isOK: Bool { problems.isEmpty }

    /// The most problems of a check that are shown one by one.
    private static let most = 5

    /// Lines for people: one that says `ok`, or one for each problem.
    var lines: [String] {
        let wrong = problems.prefix(Self.most).map { "WRONG  \(check.rawValue): \($0)" }
        let more = problems.count - wrong.count
        return (isOK ? ["ok     \(check.rawValue): \(claim)"] : wrong)
            + (more > 0 ? ["WRONG  \(check.rawValue): and \(more) more"] : [])
            + notes.map { "note   \(check.rawValue): \($0)" }
    }
}
