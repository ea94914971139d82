import Fibonacci
import Measurement
import Redis
import ReliableQueue
import Workload

/// A worker of a trial, which is a producer, too: for each task that it claims it enqueues a new one, so that as many wait
/// as before. It belongs to one thread.
final class RoundWorker {
    /// No lease of a study runs out.
    static let lease = Duration.seconds(1_800)
    private static let warmingClaims = 3
    /// In nanoseconds, for each shard.
    private static let warmingTime: UInt64 = 30_000_000
    /// A shard that is not connected to by then can't be reached.
    private static let warmingLimit: UInt64 = 30_000_000_000

    private let number: Int
    private let round: Roundabout
    private let course: RoundCourse
    private let queue: ShardedClaims
    private let producer: ShardedProducer
    private let executor = TaskExecutor()
    private let request: ClaimRequest
    private let expected: TaskExecutor.Result
    private var tasks: GrowthTask
    private var batch = TaskBatch()
    /// The claim that was run last, and is to be acked.
    private var finished: Claim?
    /// Tasks that were claimed, and not replaced yet.
    private var owed = 0
    private(set) var taken = 0
    private(set) var claims = 0

    /// Runs a worker from its connection to its end; what goes wrong is told to the others.
    ///
    /// - Parameter number: which of the workers it is, from 0.
    static func run(_ number: Int, _ course: RoundCourse, at configuration: QueueConfiguration, _ round: Roundabout) {
        do {
            try RoundWorker(number, course, at: configuration, round).work()
        } catch {
            round.giveUp(error)
        }
    }

    private init(
        _ number: Int, _ course: RoundCourse, at configuration: QueueConfiguration, _ round: Roundabout
    ) throws {
        (self.number, self.course, self.round) = (number, course, round)
        let board = ShardBoard()
        board.serve(course.shards)
        queue = try ShardedClaims(configuration.serving(.worker), board, home: number) { !round.isOver }
        producer = try ShardedProducer(configuration, keeps: 0) { !round.isOver }
        request = ClaimRequest(limit: course.claim, shortestLease: Self.lease)
        expected = executor.run(GrowthTask.kind, parameter: GrowthTask.parameter)
        tasks = GrowthTask(length: course.payload)
    }

    private func work() throws {
        try warmUp()
        guard round.awaitStart() else { return }
        let account = try ThreadAccount()
        (taken, claims) = (0, 0)
        let (before, trafficBefore) = (account.sample(), traffic)
        var due = before.wall
        if let pace = course.pace {
            due += pace.offset * UInt64(number)
            MonotonicClock.sleep(until: due)
        }
        while round.isGoingOn {
            let known = taken
            try take()
            round.noteClaim(taken - known)
            if let pace = course.pace { MonotonicClock.sleep(until: due + pace.batchAfter) }
            try replace()
            guard let pace = course.pace else { continue }
            due += pace.interval
            MonotonicClock.sleep(until: due)
        }
        try settle()
        let (after, traffic) = (account.sample(), traffic - trafficBefore)
        round.noteEnd(tasks: taken, claims: claims, after - before, traffic, endedAt: after.wall)
        // What is said in farewell is no task's: the servers' time is read before.
        round.awaitReadings()
        try producer.finish()
        try queue.leave()
    }

    private var traffic: RedisTraffic { queue.traffic + producer.traffic }

    /// Goes round for a while, until there is a connection to every shard.
    private func warmUp() throws {
        let began = MonotonicClock.nanoseconds()
        let least = course.shards > 1 ? Self.warmingTime * UInt64(course.shards) : 0
        var turns = 0
        while !round.isOver {
            let passed = MonotonicClock.nanoseconds() - began
            let isConnected = queue.openedShards >= course.shards && producer.openedShards >= course.shards
            if turns >= Self.warmingClaims, passed >= least, isConnected { break }
            guard passed < Self.warmingLimit else { throw HarnessError.run("a shard can't be reached") }
            try take()
            try replace()
            turns += 1
        }
        try settle()
    }

    /// Acks what was run last, claims, and runs.
    private func take() throws {
        var claim = try exchange(claiming: request)
        if claim == nil {
            // The others hold all there is, or owe it.
            try enqueue(owed)
            claim = try queue.awaitClaim(request, upTo: .milliseconds(50)).claim
        }
        guard let claim else { return }
        try run(claim)
        finished = claim
        taken += claim.count
        claims += 1
        owed += claim.count
    }

    /// Replaces what was claimed.
    private func replace() throws { while owed >= course.batch { try enqueue(course.batch) } }

    /// Leaves nothing in hand and owes nothing.
    private func settle() throws {
        if finished != nil { _ = try exchange(claiming: nil) }
        try enqueue(owed)
    }

    private func exchange(claiming request: ClaimRequest?) throws -> Claim? {
        let acked = finished
        finished = nil
        let exchange = try queue.exchange(acking: acked, claiming: request)
        guard acked == nil || exchange.ack == .acked && exchange.exceptions.isEmpty else {
            throw HarnessError.run("the ack of a claim that nobody else can have had was refused")
        }
        return exchange.claim
    }

    private func run(_ claim: Claim) throws {
        for index in 0..<claim.count {
            let result = try claim.withTask(index) { _, payload in
                executor.run(
                    GrowthTask.kind, parameter: try GrowthTask.parameter(of: payload, length: tasks.length))
            }
            guard result == expected else { throw HarnessError.run("F(\(GrowthTask.parameter)) came out as \(result)") }
        }
    }

    private func enqueue(_ count: Int) throws {
        guard count > 0 else { return }
        tasks.fill(&batch, count)
        try producer.enqueue(batch)
        owed -= count
    }
}
