/// The shortest course of events that breaks a property.
package struct CounterExample: Sendable {
    /// Which protocol it is about.
    package let kind: ProtocolKind
    /// The steps in order. Whoever is not named in a step stands still.
    package let steps: [Step]
    /// What is broken in the end.
    package let broken: Properties
    /// The last state in words.
    package let state: [String]

    /// Each step in words.
    package var labels: [String] { steps.map { $0.label(in: kind) } }

    /// All of it as lines of text.
    package var lines: [String] {
        var lines = ["broken: " + broken.descriptions.joined(separator: ", ")]
        lines += labels.enumerated().map { "  \($0.offset + 1). \($0.element)" }
        lines.append("then:")
        lines += state.map { "  " + $0 }
        return lines
    }

    /// The steps for a machine that plays them: each says who moves, what becomes of it, and at which boundary it is held
    /// or killed then.
    package var script: [ReplayStep] { steps.map { ReplayStep($0, kind) } }
}

/// A step of a counter-example in plain names, to be written as JSON and played on a real server.
package struct ReplayStep: Codable, Hashable, Sendable {
    /// `P`, `W1`, `W2`, `M1`, `M2`, `clock`, `Redis` or `network`.
    package let actor: String
    /// A case of ``Happening`` by its name.
    package let happening: String
    /// The command, as it is called in its protocol; empty for none.
    package let command: String
    /// Where the actor is let run to, or is killed or suspended: `before:`, `sent:` or `after:` and a command, `task` or
    /// `effect`; empty for none.
    package let boundary: String
    /// The task, counted from 1; `nil` when it is about none, or about a whole claim.
    package let task: Int?
    /// For a lease that expires its claim: `c`, which of all starts of workers it is, a dot, and which of that one's claims.
    package let claim: String?

    /// The boundary as `fibq faults` writes it: `claim:sent` for `sent:claim`; `task` and `effect` as they are.
    package var faultPoint: String {
        let parts = boundary.split(separator: ":")
        return parts.count == 2 ? "\(parts[1]):\(parts[0])" : boundary
    }

    init(_ step: Step, _ kind: ProtocolKind) {
        actor = step.actor.name
        happening = step.happening.rawValue
        command = step.command?.name(in: kind) ?? ""
        boundary = step.boundary(in: kind)
        task = step.subject < Step.nothing ? Int(step.subject) + 1 : nil
        claim = step.claimName
    }
}
