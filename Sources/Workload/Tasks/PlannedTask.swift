/// One task of a plan: what to do, and when its producer means to send it.
package struct PlannedTask: Sendable, BitwiseCopyable, Hashable {
    /// Its place in the plan, from 0 without gaps.
    package var sequence: UInt64
    /// What to do.
    package var kind: TaskKind
    /// n, microseconds for `sleep`, or bytes for `message`; never negative.
    package var parameter: Int64
    /// How long the task says it will take, in microseconds; 0 when it does not say.
    package var expectedMicroseconds: UInt32
    /// The intended time of sending, in nanoseconds from the start of the schedule; 0 for a backlog.
    package var offsetNanoseconds: UInt64

    /// A task from its parts.
    package init(
        sequence: UInt64, kind: TaskKind, parameter: Int64, expectedMicroseconds: UInt32, offsetNanoseconds: UInt64
    ) {
        self.sequence = sequence
        self.kind = kind
        self.parameter = parameter
        self.expectedMicroseconds = expectedMicroseconds
        self.offsetNanoseconds = offsetNanoseconds
    }
}
