/// What happens in a step.
package enum Happening: String, Hashable, Sendable, CaseIterable {
    /// The actor's command is carried out, and its reply read.
    case proceeds
    /// The actor's command is carried out; the reply is lost with the connection, and the actor will say it again.
    case unheard
    /// The connection is lost before the command is carried out; it is still on its way, and the actor will say it again.
    case delayed
    /// The server refuses the command with an error; nothing was done.
    case refused
    /// The task throws, or its worker learns that the claim is gone: nothing is said to anybody.
    case fails, abandons
    /// A command that was delayed is carried out.
    case arrives
    /// The actor is killed, suspended, let run again, started as a new process, or told to stop.
    case dies, pauses, resumes, starts, stops
    /// A lease or a lock runs out.
    case expires
    /// The delay of a failed task ends.
    case isDue
    /// The server saves what it has, or comes back with what it saved last.
    case saves, rollsBack
}

/// One step of a protocol, as a value of a few bytes: who, what, and about which task or claim.
package struct Step: Hashable, Sendable {
    /// Who takes it.
    package let actor: Actor
    /// What happens.
    package let happening: Happening
    /// The command that is carried out (or would be next, when its actor dies or pauses).
    package let command: Command?
    /// The task that it is about, from 0; the claim's name for a lease; 15 for none.
    let subject: UInt8

    static let nothing: UInt8 = 15

    /// - Parameters:
    ///   - actor: who takes it.
    ///   - happening: what happens.
    ///   - command: the command that is carried out, or would be next.
    ///   - subject: the task that it is about, from 0, or a claim's name.
    package init(_ actor: Actor, _ happening: Happening, _ command: Command? = nil, about subject: Int = 15) {
        self.actor = actor
        self.happening = happening
        self.command = command
        self.subject = UInt8(subject)
    }

    /// Whether the step is a misfortune, which a drain does without.
    package var isFault: Bool {
        switch happening {
        case .unheard, .delayed, .refused, .dies, .pauses, .stops, .rollsBack, .fails: true
        case .proceeds, .abandons, .arrives, .resumes, .starts, .expires, .isDue, .saves: false
        }
    }

    /// Where its actor stands then, by the names that a fault probe uses: `before:<command>` not yet sent,
    /// `sent:<command>` sent and its reply not read, `after:<command>` its reply read, `task` while a task runs,
    /// `effect` after its effect. Empty when nothing is to be held there.
    package func boundary(in kind: ProtocolKind) -> String {
        guard let command else { return "" }
        switch happening {
        case .proceeds: return command == .place ? "effect" : "after:" + command.name(in: kind)
        case .unheard, .delayed, .refused: return "sent:" + command.name(in: kind)
        case .dies, .pauses: return command == .place ? "task" : "before:" + command.name(in: kind)
        case .fails: return "task"
        case .abandons, .arrives, .resumes, .starts, .stops, .expires, .isDue, .saves, .rollsBack: return ""
        }
    }
}
