/// Why recorded results can't be read: where, and what to do about it, in one line.
package struct ResultsError: Error, Equatable, CustomStringConvertible {
    /// The file or folder.
    package let path: String
    /// The line of it, from 1; `nil` when it is about the whole.
    package let line: Int?
    /// What is wrong, and what to do.
    package let problem: String

    /// An error of the given values.
    package init(path: String, line: Int? = nil, problem: String) {
        self.path = path
        self.line = line
        self.problem = problem
    }

    /// Of a file that the system does not let be read, for that reason.
    package init(unreadable path: String, _ reason: String) {
        self.init(path: path, problem: "can't be read (\(reason)): get the file once more")
    }

    /// `path:line: problem`.
    package var description: String { path + (line.map { ":\($0)" } ?? "") + ": " + problem }
}
