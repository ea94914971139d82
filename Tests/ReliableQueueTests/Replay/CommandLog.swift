import ProtocolModel
import Redis

/// A command that an actor said.
struct Said: Equatable, CustomStringConvertible {
    /// The actor, as the script calls it.
    let actor: String
    /// The command, as the script calls it.
    let command: String

    var description: String { "\(actor) \(command)" }

    /// What a step says to the server, if it says something and is carried out.
    init?(_ step: ReplayStep) {
        let isCarriedOut = [Happening.proceeds, .unheard].map(\.rawValue).contains(step.happening)
        guard isCarriedOut, step.command != Command.place.rawValue else { return nil }
        self.init(actor: step.actor, command: step.command)
    }

    fileprivate init(actor: String, command: String) {
        self.actor = actor
        self.command = command
    }
}

/// What a server has carried out, in its own order and by its own word: its slow log, which takes every command.
struct CommandLog {
    /// What a server is to be started with.
    static let settings = [("slowlog-log-slower-than", "0"), ("slowlog-max-len", "\(limit)")]
    private static let limit = 10_000

    /// A connection that has no name.
    let connection: RedisConnection

    /// What clients with a name have said, without what comes with a connection.
    func commands() throws -> [Said] {
        let entries = try connection.call("SLOWLOG", "GET", "\(Self.limit)")
        // The newest one comes first.
        return try (0..<entries.count).reversed().compactMap { index in
            let said = try entries.withElement(index) { entry throws(RedisError) in
                let command = try entry.withElement(3) { words throws(RedisError) in try words.text(at: 0) }
                // There is one script in all these worlds.
                return Said(
                    actor: try entry.text(at: 5),
                    command: command == "EVALSHA" ? Command.requeue.rawValue : command)
            }
            return said.actor.isEmpty || ReplayActor.handshake.contains(said.command) ? nil : said
        }
    }
}
