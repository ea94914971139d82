import Synchronization

/// Something that happens when a connection reaches one point of its talk with the server, once: for experiments in which
/// a process dies, or sleeps, between two commands.
///
/// The point is exact, also in the middle of a pipeline: what comes before it was sent, what comes after it was not. A
/// connection without a probe pays nothing for this.
package final class CommandProbe: Sendable {
    /// Where, seen from the command.
    package enum Moment: String, CaseIterable, Sendable {
        /// Everything before the command was sent; the command was not.
        case before
        /// The command was sent; its reply was not read.
        case sent
        /// Its reply was read; nothing after it was sent.
        case after
    }

    /// The part of the process whose connections it watches (``RedisSettings/part``).
    package let part: String
    /// The command: its name, or a script's.
    package let command: String
    /// Where, seen from it.
    package let moment: Moment
    private let passesLeft: Atomic<Int>
    private let action: @Sendable () -> Void

    /// A probe that acts when the command comes for the `count`-th time in this process.
    package init(
        part: String, command: String, moment: Moment, count: Int = 1, action: @escaping @Sendable () -> Void
    ) {
        self.part = part
        self.command = command
        self.moment = moment
        passesLeft = Atomic(count)
        self.action = action
    }

    /// Counts one more command; true when it is the one.
    func isReached() -> Bool {
        passesLeft.subtract(1, ordering: .relaxed).newValue == 0
    }

    /// Does what it is for. It may not return.
    func act() { action() }
}
