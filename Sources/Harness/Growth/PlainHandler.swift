import ReliableQueue
import Workload

/// Runs a slot's tasks and writes nothing down: what a worker would cost that is not measured. No run with it can be audited.
struct PlainHandler: TaskHandler {
    private let executor = TaskExecutor()
    private var kinds = KindTable()

    /// A handler of one slot.
    init() {}

    mutating func run(_ task: ClaimedTask, payload: RawSpan, started: UInt64) -> TaskOutcome {
        guard let kind = kinds.kind(of: task) else {
            return .rejected(reason: "unknown task kind \(task.kind.debugDescription)")
        }
        if kind == .message { return .failed(reason: "this worker places no messages: say --sink, not --no-journal") }
        do throws(PayloadError) {
            let parameter = try TaskPayload(decoding: payload).parameter
            let isAsked = task.keepsResultFor != nil
            return TaskOutcome(
                executor.run(kind, parameter: parameter, attempt: task.attempt, inFull: isAsked), isAsked: isAsked)
        } catch {
            return .rejected(reason: "\(error)")
        }
    }
}
