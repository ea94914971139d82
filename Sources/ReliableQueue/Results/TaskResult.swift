/// What came of a task, for whoever asked for its result.
public enum TaskResult: Equatable, Sendable {
    /// It is done, and its handler said this; empty when it said nothing (``TaskOutcome/done``).
    case done([UInt8])
    /// It is a dead letter, for this reason.
    case failed(reason: String)
}
