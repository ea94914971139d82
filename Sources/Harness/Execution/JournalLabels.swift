import Workload

/// The names of the task kinds as a journal's header carries them, so that its records can be read without this
/// program: a record's kind is an index into them, and 0 is a kind that nobody knows.
enum JournalLabels {
    static let all: [String] = {
        var labels = Array(repeating: "unknown", count: 1 + Int(TaskKind.allCases.map(\.rawValue).max() ?? 0))
        for kind in TaskKind.allCases { labels[Int(kind.rawValue)] = kind.name }
        return labels
    }()
}
