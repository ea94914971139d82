/// What is wrong with a scenario file, and where.
///
/// The executable maps it to exit code 65.
package struct ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the file as it was given.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// What is wrong, on one line.
    package let problem: String
    /// What would have been right; nil when that is YAML itself.
    package let allowed: String?

    /// An error from its parts.
    package init(file: String, line: Int, problem: String, allowed: String?) {
        self.file = file
        self.line = line
        self.problem = problem
        self.allowed = allowed
    }

    /// The one-line message `FILE:LINE: problem; allowed: …`.
    package var description: String {
        "\(file):\(line): \(problem)" + (allowed.map { "; allowed: \($0)" } ?? "")
    }
}
