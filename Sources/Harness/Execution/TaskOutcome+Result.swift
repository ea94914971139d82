import ReliableQueue

// What comes of a task: for the queue, and in words for whoever asked for its result (`fibq enqueue --wait`).
extension TaskOutcome {
    /// What a computation makes of its task.
    ///
    /// - Parameter isAsked: whether somebody asked for the task's result.
    init(_ result: TaskExecutor.Result, isAsked: Bool) {
        self =
            switch result {
            case .number(_, let decimal): .answered(decimal)
            case .waited(let nanoseconds) where isAsked: .answered("waited \(nanoseconds / 1_000) µs")
            case .nothing where isAsked: .answered("done")
            case .residue, .waited, .nothing: .done
            case .threw(let reason): .failed(reason: reason)
            case .failed(let reason): .rejected(reason: reason)
            }
    }

    /// Done, with a result in these words.
    static func answered(_ words: String) -> TaskOutcome { .answered(Array(words.utf8)) }
}
