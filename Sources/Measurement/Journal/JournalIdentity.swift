/// Who writes a journal, and the names that its records refer to by number.
package struct JournalIdentity: Sendable, Equatable {
    /// The writer's role, such as `worker` or `generator`.
    package var role: String
    /// The writer's name, unique within its role in a run.
    package var name: String
    /// Names by index, such as those of the task kinds.
    package var labels: [String]

    /// An identity; all of it must fit in the header's text area (about 4,000 bytes of UTF-8).
    package init(role: String, name: String, labels: [String]) {
        self.role = role
        self.name = name
        self.labels = labels
    }
}
