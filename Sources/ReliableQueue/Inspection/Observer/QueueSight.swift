/// What a look from outside sees of a queue: counts that are exact, and samples of what may be too much to look at.
///
/// The commands of one look follow each other within a round trip or two, and others' come in between: two counts of a
/// busy queue may be some hundred microseconds apart.
public struct QueueSight: Equatable, Sendable {
    /// Redis' own clock at the look, in milliseconds since 1970.
    public var serverMilliseconds: Int64 = 0
    /// What lies where.
    public var depth = QueueDepth()
    /// How many tasks the claims hold that were looked at; all claims where ``isHeldExact``. `nil` where nobody knows what
    /// workers hold.
    public var heldTasks: Int?
    /// Claims: in `lease` those first whose lease runs out first, in `lock` and `stream` the oldest first.
    public var claims: [SeenClaim] = []
    /// False where there were more claims than are looked at, or some ended meanwhile, so that ``claims`` are some of them.
    public var isEveryClaimSeen = true
    /// Claims whose lease has run out and that no monitor has taken back yet; `nil` where that can't be counted.
    public var expiredClaims: Int?
    /// Tasks in the queue that have failed before; `nil` where nobody counts them.
    public var failedTasks: Int?
    /// Tasks in the queue that have lost their worker before; `nil` where nobody counts them.
    public var orphanedTasks: Int?
    /// The newest dead letters, the newest first.
    public var newestDead: [SeenLetter] = []
    /// What the server counts of the queue's work.
    public var counters = QueueCounters()
    /// Producers that have not ended their session; `nil` where nobody knows them.
    public var producers: Int?
    /// How long the task that is next has waited, by Redis' clock; `nil` where tasks carry no time, or none waits.
    public var oldestWaiting: Duration?
    /// When the next delayed task is due, by Redis' clock: negative once it is; `nil` without one.
    public var nextDue: Duration?

    /// A look at nothing.
    public init() {}

    /// True where ``heldTasks`` is a count of all, however few claims were looked at.
    public var isHeldExact = false

    /// True where ``heldTasksOfAll`` is no count.
    public var isHeldEstimated: Bool { !isHeldExact && !isEveryClaimSeen }

    /// How many tasks all claims hold: where some were not looked at, as many as the others hold on average. `nil` where nobody
    /// knows.
    public var heldTasksOfAll: Int? {
        guard let heldTasks, isHeldEstimated, !claims.isEmpty else { return heldTasks }
        return Int(Double(heldTasks) / Double(claims.count) * Double(depth.claims))
    }
}

/// What a server counts of a queue's work since the queue was made. Each only grows, unless the server lost data.
public struct QueueCounters: Equatable, Sendable {
    /// Claims made; `nil` where nobody counts them.
    public var claims: Int?
    /// Batches enqueued by producers, since the observer's first look; `nil` where nobody counts them, or there are more
    /// producers than are looked at.
    public var batches: Int?
    /// Tasks enqueued: in `lease`, and in `stream` on Redis 7.0 or later. A task that was given back, or tried again after it
    /// was a dead letter, counts once more.
    public var enqueued: Int?
    /// Tasks handed out, at each attempt: in `lease`, and in `stream` on Redis 7.0 or later.
    public var handedOut: Int?

    /// Nothing counted.
    public init() {}
}

/// A claim, seen from outside.
public struct SeenClaim: Equatable, Sendable {
    /// Its name; in the protocols that lock single tasks the task's.
    public let name: String
    /// Who holds it: the name that a worker's connection gave itself; `nil` where nobody says.
    public let holder: String?
    /// How many tasks it holds, as far as they were looked at; see ``isEveryTaskSeen``.
    public let tasks: Int
    /// False where it may hold more than ``tasks``: in `stream` with more claims than are looked at.
    public let isEveryTaskSeen: Bool
    /// How much of its lease is left; negative once it ran out, `nil` where nothing covers it.
    public let left: Duration?
    /// How long ago it was made or renewed; `nil` where the server keeps only when the lease ends.
    public let renewed: Duration?

    /// A claim of these values.
    public init(
        name: String, holder: String?, tasks: Int, isEveryTaskSeen: Bool = true, left: Duration?,
        renewed: Duration? = nil
    ) {
        self.name = name
        self.holder = holder
        self.tasks = tasks
        self.isEveryTaskSeen = isEveryTaskSeen
        self.left = left
        self.renewed = renewed
    }

    /// Who made a claim of this name, in the protocols whose workers name their claims.
    static func holder(ofClaim name: String) -> String? {
        name.lastIndex(of: ".").map { String(name[..<$0]) }
    }
}

/// A dead letter, seen from outside.
public struct SeenLetter: Equatable, Sendable {
    /// The task's identity; `nil` for something that is no task.
    public let id: TaskID?
    /// Its kind; empty for something that is no task.
    public let kind: String
    /// Why it was given up, as far as that is known.
    public let reason: String?

    /// A letter of these values.
    public init(id: TaskID?, kind: String, reason: String?) {
        self.id = id
        self.kind = kind
        self.reason = reason
    }
}
