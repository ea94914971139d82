import Synchronization

/// Something that happens when a connection reaches certain points of its talk with the server: for experiments in which a
/// process dies, sleeps, or loses its connection between two commands.
///
/// A point is exact, also in the middle of a pipeline: what comes before it was sent, what comes after it was not. A
/// connection without a probe pays nothing for this.
package final class CommandProbe: Sendable {
    /// Where, seen from a command.
    package enum Moment: String, CaseIterable, Sendable {
        /// Everything before the command was sent; the command was not.
        case before
        /// The command was sent; its reply was not read.
        case sent
        /// Its reply was read; nothing after it was sent.
        case after
    }

    /// What becomes of the connection at a point.
    package enum Verdict: Sendable {
        /// It goes on.
        case goesOn
        /// It is lost there, with whatever was not sent and every reply that is due.
        case breaks
    }

    /// The part of the process whose connections it watches (``RedisSettings/part``).
    package let part: String
    /// The one point where it acts; `nil` for every one.
    private let point: (command: String, moment: Moment)?
    private let passesLeft: Atomic<Int>
    private let action: @Sendable (_ command: String, _ moment: Moment) -> Verdict

    /// A probe that acts once: when the command, or the script, of that name comes for the `count`-th time in this process.
    package init(
        part: String, command: String, moment: Moment, count: Int = 1, action: @escaping @Sendable () -> Void
    ) {
        self.part = part
        point = (command, moment)
        passesLeft = Atomic(count)
        self.action = { _, _ in
            action()
            return .goesOn
        }
    }

    /// A probe that acts at every moment of every command, those of the handshake included, and decides what becomes of the
    /// connection. No command is sent before the one before it was answered.
    package init(part: String, everywhere action: @escaping @Sendable (_ command: String, _ moment: Moment) -> Verdict)
    {
        self.part = part
        point = nil
        passesLeft = Atomic(0)
        self.action = action
    }

    /// True when it has to know of each command of that name.
    func watches(_ command: String) -> Bool {
        guard let point else { return true }
        return point.command == command
    }

    /// Counts one more command that it watches; returns the moments of it at which it acts, in their order.
    func momentsOfNextCommand() -> [Moment] {
        guard let point else { return Moment.allCases }
        return passesLeft.subtract(1, ordering: .relaxed).newValue == 0 ? [point.moment] : []
    }

    /// Does what it is for. It may not return.
    func act(at stop: ProbedPipeline.Stop) -> Verdict { action(stop.command, stop.moment) }
}
