/// A claim as the server keeps it.
struct ClaimRecord: Hashable, Sendable {
    /// How its lease stands.
    enum Lease: UInt8, Hashable, Sendable {
        case none, live, expired
    }

    let name: ClaimName
    let token: ClaimToken
    /// Which of all claims ever made it is. The server does not know; it tells which claim is meant from which is taken.
    let order: UInt8
    var tasks: ShortList
    var isRetry: Bool
    var isConfirmed = false
    var lease = Lease.live
}

/// What the server keeps of a queue, in the protocols with claims. It is what a rollback rolls back.
struct ClaimStore: Hashable, Sendable {
    var pending = ShortList()
    var retry = ShortList()
    /// Failed tasks whose time has not come, and those whose time has.
    var delayed = TaskSet()
    var due = TaskSet()
    var dead = TaskSet()
    /// Of the dead, those that lost their workers too often.
    var buried = TaskSet()
    /// Tasks that were acked. No key holds them; but what is rolled back is forgotten here, too.
    var done = TaskSet()
    /// In the order of their names.
    private(set) var claims = ClaimTable()
    var isMarked = false

    /// The last request of each start of a worker.
    var records = CountTable()
    /// The last batch of each session.
    var producers = CountTable()
    var redeliveries = CountTable()
    var failures = CountTable()
    /// How often each task was appended to a stream: with the task, the id of its entry.
    var versions = CountTable()

    var epoch: UInt8 = 1
    var sequence: UInt8 = 0
    /// For which life of the server the epoch was taken.
    var knownRun: UInt8 = 0

    var isClaimable: Bool { !pending.isEmpty || !retry.isEmpty || !due.isEmpty }

    func claim(_ name: ClaimName) -> ClaimRecord? { claims.first { $0.name == name } }

    /// The claim that a worker means: by its name, or by its token where that is its name.
    func claim(of hand: Hand, _ naming: ClaimRules.Naming) -> ClaimRecord? {
        guard naming == .token else { return claim(hand.name) }
        return claims.first { $0.token == hand.token }
    }

    mutating func put(_ record: ClaimRecord) { claims.put(record) }

    mutating func drop(_ name: ClaimName) { claims.drop(name) }

    /// In how many places a task is.
    func places(of task: Int) -> Int {
        var places = pending.occurrences(of: task) + retry.occurrences(of: task)
        for set in [delayed, due, dead, done] where set.contains(task) { places += 1 }
        for claim in claims { places += claim.tasks.occurrences(of: task) }
        return places
    }
}
