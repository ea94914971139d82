/// What a worker has of a claim.
struct Hand: Hashable, Sendable {
    var name: ClaimName
    var token = ClaimToken()
    var order: UInt8 = 0
    var tasks = ShortList()
    var isRetry = false
    /// The entry of each task, in `stream`.
    var versions = CountTable()

    init(_ record: ClaimRecord, _ versions: CountTable) {
        name = record.name
        token = record.token
        order = record.order
        tasks = record.tasks
        isRetry = record.isRetry
        for task in record.tasks { self.versions[task] = versions[task] }
    }
}

/// A worker, as far as it has come.
struct WorkerState: Hashable, Sendable {
    /// What it does next.
    enum Phase: UInt8, Hashable, Sendable {
        case absent, dead
        /// To claim, having nothing to ack; to claim in the same round trip as an ack; to claim after a wait.
        case claiming, claimingToo, claimingAwake
        case waiting
        /// Of an earlier draft: to register an empty claim, and to move a task into it.
        case registering, moving
        case confirming, running, failing
        /// To ack what it did last, the whole claim, or what is done of a claim that it parts with.
        case ackingOne, acking, parting
        case releasing, leaving
    }

    var phase = Phase.absent
    /// Which of all starts of workers this is.
    var nonce: UInt8 = 0
    var request: UInt8 = 1
    /// The highest epoch that it has seen; kept only where epochs do not follow the time.
    var highestEpoch: UInt8 = 0
    var hand: Hand?
    /// How many tasks of its claim it has run; those that are done and not acked; those that are settled.
    var position: UInt8 = 0
    var done = TaskSet()
    var settled = TaskSet()
    var isRepeating = false
    var isSuperseded = false
    var isLost = false
    var isStopping = false
    var isPaused = false
    var isConnected = true
    /// It waits no longer than until a delayed task is due; or for a moment only.
    var watchesDelay = false
    var waitsBriefly = false

    var isLive: Bool { phase != .absent && phase != .dead }

    /// What is left of its claim.
    var remaining: Int { (hand?.tasks.count ?? 0) - settledCount }

    private var settledCount: Int { settled.bits.nonzeroBitCount }

    /// Lets the claim go, whatever is left of it.
    mutating func dropHand() {
        hand = nil
        position = 0
        done = TaskSet()
        settled = TaskSet()
        (isSuperseded, isLost, isRepeating) = (false, false, false)
    }
}

/// A monitor: the expired claims that it read of and has not taken yet.
struct MonitorState: Hashable, Sendable {
    enum Phase: UInt8, Hashable, Sendable {
        case absent, dead, looking, taking
    }

    var phase = Phase.absent
    var isConnected = true
    var highestEpoch: UInt8 = 0
    var names = Pair<ClaimName?>(nil, nil)
}

/// A producer, by the numbers of its batches.
struct ProducerState: Hashable, Sendable {
    var session: UInt8 = 1
    /// Batches of this session that were acknowledged, in order.
    var kept = ShortList()
    /// Batches that the server lost, or refused while others were on their way.
    var owed = ShortList()
    var next: UInt8 = 0
    /// It has heard that the server has everything; and it has let the server forget it.
    var isFinished = false
    var isForgotten = false
    var isConnected = true
    var highestEpoch: UInt8 = 0
}

/// What a sink remembers of a task.
struct SinkEntry: Hashable, Sendable {
    var isPlaced = false
    var highest = ClaimToken()
    /// The latest claim that it has heard of, in the true order.
    var latest: UInt8 = 0
}

/// A request whose connection was given up while it was on its way.
enum LateCommand: Hashable, Sendable {
    case enqueue(session: UInt8, number: UInt8, batch: UInt8)
    case claim(ClaimOrder)
    case ack(Hand, TaskSet)
    case ackTasks(Hand, TaskSet)
    case fail(Hand, task: UInt8)
    case release(Hand)
    case place(Hand, task: UInt8)
}

/// What nobody in the world knows as a whole, and no rollback rolls back: it tells right from wrong.
struct ClaimHistory: Hashable, Sendable {
    var claims: UInt8 = 0
    var epochs: UInt8 = 1
    var starts: UInt8 = 0
    /// Tasks whose enqueue was acknowledged, that a worker has begun, that were executed.
    var acknowledged = TaskSet()
    var begun = TaskSet()
    var executed = TaskSet()
    /// Whoever took the marker, or watched what is delayed, was struck before it claimed: until a monitor looks, a worker
    /// may sleep beside work.
    var isMarkerLost = false
}

/// A world of producers, workers and monitors around one queue with claims.
package struct ClaimState: Hashable, Sendable {
    var store: ClaimStore
    /// What a rollback brings back.
    var saved: ClaimStore
    /// Which life of the server this is.
    var run: UInt8 = 0
    var budget: Budget
    var producer = ProducerState()
    var workers = Pair(WorkerState(), WorkerState())
    var monitors = Pair(MonitorState(), MonitorState())
    var sink = Pair(Pair(SinkEntry(), SinkEntry()), Pair(SinkEntry(), SinkEntry()))
    var late: LateCommand?
    var history = ClaimHistory()
}
