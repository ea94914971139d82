import Redis

/// What is to be kept of a task that asked for its result, and for how long.
struct KeptResult {
    /// The task.
    let task: TaskID
    /// For how long.
    let milliseconds: Int
    /// What came of it.
    let result: TaskResult

    /// That of a task with this element; `nil` for something that is no task, or that did not ask.
    init?(of element: DecodedElement?, _ result: TaskResult) {
        // The scripts take 0 ms for a task that did not ask.
        guard let element, let time = element.resultMilliseconds, time > 0 else { return nil }
        task = element.id
        milliseconds = Int(time)
        self.result = result
    }
}

extension CommandWriter {
    /// What a script takes that keeps one result: how the task ended, the words of it, and the time in ms. Three arguments.
    mutating func arguments(ofResult kept: KeptResult) {
        switch kept.result {
        case .done(let bytes):
            argument("done")
            argument(bytes)
        case .failed(let reason):
            argument("failed")
            argument(reason)
        }
        argument(kept.milliseconds)
    }

    /// What a script takes that acks one of several tasks: the result and the time in ms, 0 where none is kept. Two arguments.
    mutating func arguments(ofAcked kept: KeptResult?) {
        guard let kept, case .done(let bytes) = kept.result else {
            argument("")
            return argument(0)
        }
        argument(bytes)
        argument(kept.milliseconds)
    }
}
