/// What is done to a run while it works, again and again: a kind of fault, and for processes that die or sleep the point of
/// their talk with Redis at which they do.
package struct Fault: Hashable, Sendable, CustomStringConvertible {
    /// Where a process is hit.
    package enum Point: Hashable, Sendable {
        /// At any moment.
        case anywhere
        /// At every point of its protocol, one after the other.
        case everywhere
        /// At this one.
        case at(FaultBoundary)
    }

    /// What happens.
    package let kind: FaultKind
    /// Where.
    package let point: Point

    /// A fault by its parts.
    package init(_ kind: FaultKind, _ point: Point = .anywhere) {
        self.kind = kind
        self.point = point
    }

    /// The forms that a written fault may have, for error messages.
    static let forms =
        FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
        + "; those that kill or pause a worker, a monitor or a producer also with a boundary, such as kill-worker@claim:sent, "
        + "kill-worker@effect or kill-worker@every"

    /// Reads `kill-worker`, `kill-worker@claim:sent`, `pause-worker@effect`, `kill-monitor@every`, ….
    package init(parsing text: String) throws(WorkloadError) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = FaultKind(rawValue: parts[0]) else {
            throw .unknown(what: "fault", name: parts[0], allowed: FaultKind.allCases.map(\.rawValue))
        }
        self.kind = kind
        guard parts.count > 1 else {
            point = .anywhere
            return
        }
        guard kind.hasBoundaries else {
            throw .invalid(what: "fault", value: text, allowed: "\(kind.rawValue) without a boundary")
        }
        point = parts[1] == "every" ? .everywhere : .at(try FaultBoundary(parsing: parts[1]))
    }

    /// The text that reads back as this.
    package var description: String {
        switch point {
        case .anywhere: kind.rawValue
        case .everywhere: "\(kind.rawValue)@every"
        case .at(let boundary): "\(kind.rawValue)@\(boundary)"
        }
    }
}

/// A point in the course of a process: at one of its commands, in a task, or between a task's effect and its ack.
package enum FaultBoundary: Hashable, Sendable, CustomStringConvertible {
    /// Where, seen from a command.
    package enum Moment: String, CaseIterable, Sendable {
        /// It is not sent.
        case before
        /// It is sent, and its reply not read.
        case sent
        /// Its reply is read, and nothing else sent.
        case after
    }

    /// At a command, by its name or that of its script.
    case command(String, Moment)
    /// A task has begun.
    case task
    /// A task has had its effect and is not acked.
    case effect

    static let forms = "task, effect, or a command and one of before, sent, after, such as claim:sent"

    /// Reads `task`, `effect`, or `COMMAND:MOMENT`.
    package init(parsing text: String) throws(WorkloadError) {
        switch text {
        case "task": self = .task
        case "effect": self = .effect
        default:
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty, let moment = Moment(rawValue: parts[1]) else {
                throw .invalid(what: "the boundary of a fault", value: text, allowed: Self.forms)
            }
            self = .command(parts[0], moment)
        }
    }

    /// The text that reads back as this.
    package var description: String {
        switch self {
        case .command(let name, let moment): "\(name):\(moment.rawValue)"
        case .task: "task"
        case .effect: "effect"
        }
    }
}
