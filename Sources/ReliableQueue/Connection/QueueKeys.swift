/// The names of a queue's keys. All carry one hash tag, so that they share a slot of a Redis Cluster.
struct QueueKeys {
    private let prefix: String

    init(queue name: String) {
        prefix = "{\(name)}:"
    }

    /// List (a stream, in the `stream` protocol): tasks that wait for their first attempt.
    var pending: String { prefix + "pending" }
    /// List (or stream): tasks that wait for another attempt.
    var retry: String { prefix + "retry" }
    /// Sorted set: tasks that wait for their time, by the ms at which they are due.
    var delayed: String { prefix + "delayed" }
    /// Sorted set: claims by the ms at which their lease runs out.
    var leases: String { prefix + "leases" }
    /// Sorted set of one member: set whenever a task becomes claimable; idle workers block on it.
    var wake: String { prefix + "wake" }
    /// List: dead letters.
    var dead: String { prefix + "dead" }
    /// Hash: task id to why it is a dead letter.
    var reasons: String { prefix + "reasons" }
    /// Hash: task id to how often it threw.
    var failures: String { prefix + "failures" }
    /// Hash: task id to how often its worker vanished.
    var redeliveries: String { prefix + "redeliveries" }
    /// Hash: producer session to its last batch.
    var producers: String { prefix + "producers" }
    /// String: the last batch of a session that ended.
    func ended(_ session: UInt64) -> String { prefix + "ended:\(session)" }
    /// Never there but within a transaction: whoever pushes a batch of a session watches it.
    func guardian(_ session: UInt64) -> String { prefix + "guard:\(session)" }
    /// Stream: never there but within a transaction, which reads tasks where its script has made it.
    var gate: String { prefix + "gate" }
    /// String: how many dead letters one call took out, for as long as it may be said again.
    func takenLetters(_ call: UInt64) -> String { prefix + "taken:\(call)" }
    /// Hash: the epoch and whence it is known; `sequence`, the claims made; in `lease` `first` and `again`, the tasks that those
    /// took for a first attempt and for another one; in `stream` `lease`, how long its entries may idle.
    var epoch: String { prefix + "epoch" }
    /// String: exists once a task said how long it will take.
    var paced: String { prefix + "paced" }
    /// List: what workers hold, in the `lock` protocol.
    var processing: String { prefix + "processing" }
    /// List: the header and the tasks of one claim.
    func claim(_ id: String) -> String { prefix + "claim:" + id }
    /// String: the last request of one worker.
    func worker(_ id: String) -> String { prefix + "worker:" + id }
    /// String: who runs a task, in the `lock` protocol.
    func lock(_ task: String) -> String { lockPrefix + task }
    /// What the names of all such strings begin with.
    var lockPrefix: String { prefix + "lock:" }

    /// Stream of one entry, `done` and the result or `failed` and the reason: what came of a task that asked for it. It has a
    /// time-to-live.
    func result(_ task: TaskID) -> String { prefix + "result:\(task)" }

    /// Hash, with the first shard only: how many shards are `open` and how many `served`, and when that was `changed`.
    var shards: String { prefix + "shards" }

    /// Matches every key of the queue and no other.
    var pattern: String { Self.literally(prefix) + "*" }

    /// Matches every key of every shard of a queue but its first.
    static func patternOfLaterShards(of name: String) -> String { literally("{\(name)/") + "*}:*" }

    /// Escapes what a pattern takes for special.
    private static func literally(_ text: String) -> String {
        text.reduce(into: "") { pattern, character in
            if "*?[]\\^-".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }
}
