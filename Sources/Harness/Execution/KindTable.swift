import ReliableQueue
import Workload

/// Knows a claimed task's kind by the queue's number of it, so that names are compared once and not for each task.
struct KindTable {
    private var kinds: [TaskKind?] = []

    /// The kind; `nil` for a name that this program does not know.
    mutating func kind(of task: ClaimedTask) -> TaskKind? {
        while kinds.count <= task.kindIndex { kinds.append(nil) }
        if let known = kinds[task.kindIndex] { return known }
        kinds[task.kindIndex] = TaskKind.allCases.first { $0.name == task.kind }
        return kinds[task.kindIndex]
    }
}
