import ProtocolModel
import Redis

/// A point in an actor's course: a command that it says, or the placement of a task's message, and where seen from that.
struct Boundary: Hashable, Sendable, CustomStringConvertible {
    /// The command, by the name that the model and the probe have for it.
    let command: String
    /// Where, seen from it.
    let moment: CommandProbe.Moment

    /// A task was begun.
    static let task = Boundary(Command.place.rawValue, .before)
    /// It has had its effect.
    static let effect = Boundary(Command.place.rawValue, .after)

    /// A point seen from a command.
    init(_ command: String, _ moment: CommandProbe.Moment) {
        self.command = command
        self.moment = moment
    }

    /// Reads what a counter-example's script calls it: `before:SET`, `task` or `effect`; `nil` when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: ":").map(String.init)
        if text == "task" {
            self = .task
        } else if text == "effect" {
            self = .effect
        } else if parts.count == 2, let moment = CommandProbe.Moment(rawValue: parts[0]) {
            self.init(parts[1], moment)
        } else {
            return nil
        }
    }

    /// `before:SET`, and for a task `before:place` or `after:place`.
    var description: String { "\(moment):\(command)" }

    /// Whether somebody who goes to `goal` and says nothing but its command comes by here.
    func isOnTheWay(to goal: Boundary) -> Bool {
        command == goal.command && self != goal && moment != .after
    }
}
