/// What an actor says to a server: a command of Redis, a script of this project, or a placement at the sink.
package enum Command: String, Hashable, Sendable, CaseIterable {
    // Plain commands.
    case rpush = "RPUSH"
    case lmove = "LMOVE"
    case blmove = "BLMOVE"
    case lpop = "LPOP"
    case set = "SET"
    case setex = "SETEX"
    case lrem = "LREM"
    case del = "DEL"
    case lrange = "LRANGE"
    case exists = "EXISTS"
    case bzpopmin = "BZPOPMIN"
    case hget = "HGET"

    // Scripts; those of `stream` have its name before theirs.
    case handshake, forget, leave, enqueue, claim, ack, confirm, renew, release, fail, expired, recover
    case ackTasks = "ack_tasks"

    // Rules of earlier drafts, for which there is no script any more.
    case register, requeue

    /// A message is placed at the sink.
    case place

    /// Scripts that both protocols share, or that only earlier drafts had.
    private static let unprefixed: Set<Command> = [.handshake, .forget, .leave, .register, .requeue, .place]

    /// Its name as `kind` calls it: the scripts of `stream` are files of their own.
    package func name(in kind: ProtocolKind) -> String {
        guard kind == .stream, !Self.unprefixed.contains(self), rawValue.first?.isLowercase == true else {
            return rawValue
        }
        return self == .ackTasks ? "stream_ack" : "stream_" + rawValue
    }
}
