package import Redis

/// Claims from all shards of a queue, for one thread of a worker.
///
/// A thread stays with a shard for a turn of some claims while it finds tasks there, and then goes on to the next one that is worth a
/// look: shards with tasks get equal shares of every worker's time, and whoever has nothing to do at its own helps the one that
/// has. To go on takes a round trip more, since the last claim is acked where it came from; a turn is long against that. Nothing
/// found, it waits at a shard where few others do; delayed tasks are everybody's business. See ``ShardAttendance``.
package final class ShardedClaims: ClaimSource {
    /// How many claims a thread makes at least from a shard that has tasks, if others may have some, too.
    private static let claimsOfTurn = 8
    /// How long it stays there at least.
    private static let turnLength = Duration.milliseconds(10)

    private let shards: ShardQueues
    private let board: ShardBoard
    private let home: Int
    /// The shard that is claimed from, how many claims are left of the turn, and when it ends at the earliest.
    private var turn: (shard: Int, claims: Int, ends: ContinuousClock.Instant)
    /// The shard where this thread waits, waited last, or will next.
    private var post: ShardQueues.Member
    /// True while it waits there, or is about to, and the board counts it.
    private var isAtPost = false

    /// Opens the shards that it begins at.
    ///
    /// - Parameters:
    ///   - home: which shard to begin at, counted on over the number of shards.
    ///   - configuration: the queue's, for the part of a process that the thread is.
    package init(
        _ configuration: QueueConfiguration, _ board: ShardBoard, home: Int, keepTrying: @escaping () -> Bool
    ) throws(QueueError) {
        shards = ShardQueues(configuration, board, keepTrying: keepTrying)
        self.board = board
        self.home = home
        turn = (home % board.served, Self.claimsOfTurn, .now)
        post = try shards.firstWithinReach(from: home)
    }

    deinit { leavePost() }

    package var traffic: RedisTraffic { shards.traffic }

    /// How many shards there is a connection to.
    package var openedShards: Int { shards.opened.count }

    /// The connection to the shard where it waits next.
    package var connection: RedisConnection { post.queue.connection }

    package func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        guard board.served > 1 else { return try shards.queue(0).exchange(acking: finished, claiming: next) }
        leavePost()
        var exchange = Exchange()
        var finished = finished
        if next != nil, turn.claims <= 0, turn.ends <= .now {
            begin(at: board.takeLook(after: turn.shard) ?? turn.shard)
        }
        if let claim = finished, next == nil || claim.lease.shard != turn.shard {
            exchange.note(try ack(claim))
            finished = nil
        }
        guard let next else { return exchange }
        exchange.note(try claim(from: turn.shard, next, acking: finished))
        for _ in 1..<board.served where exchange.claim == nil {
            // Whoever takes a look has to look.
            guard let other = board.takeLook(after: turn.shard) else { break }
            begin(at: other)
            exchange.note(try claim(from: other, next, acking: nil))
        }
        if exchange.claim == nil { try settleDown() }
        return exchange
    }

    package func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        guard board.served > 1 else { return try shards.queue(0).awaitClaim(request, upTo: limit) }
        guard isAtPost else {
            // There are more shards since it was asked where it waits.
            try settleDown()
            var exchange = Exchange()
            exchange.dueIn = .zero
            return exchange
        }
        var exchange = Exchange()
        let waited = try board.watching(upTo: limit) { limit throws(QueueError) in
            try wait(for: request, upTo: limit)
        }
        exchange.blockedFor = waited?.blockedFor ?? .zero
        var shard = post.shard
        if let waited {
            note(waited, at: shard)
            exchange.note(waited)
        }
        for _ in 0..<board.served where exchange.claim == nil {
            guard let other = board.takeLook(after: shard) else { break }
            shard = other
            exchange.note(try claim(from: other, request, acking: nil))
        }
        leavePost()
        if exchange.claim == nil { try settleDown() } else { begin(at: shard) }
        return exchange
    }

    package func ack(_ portions: [ClaimPortion]) throws(QueueError) -> [[AckAnswer]] {
        guard board.served > 1 else { return try shards.queue(0).ack(portions) }
        var answers: [Int: [AckAnswer]] = [:]
        for (_, places) in Dictionary(grouping: portions.indices, by: { portions[$0].claim.lease.shard }) {
            let some = places.map { portions[$0] }
            let said = try shards.saying(of: some[0].claim.lease) { queue throws(QueueError) in try queue.ack(some) }
            for (index, place) in places.enumerated() {
                answers[place] = said?[index] ?? portions[place].tasks.map { _ in .unknown }
            }
        }
        return portions.indices.map { answers[$0] ?? [] }
    }

    package func confirm(_ claim: Claim) throws(QueueError) -> Bool {
        try shards.saying(of: claim.lease) { queue throws(QueueError) in try queue.confirm(claim) } ?? false
    }

    package func renew(_ leases: [Lease]) throws(QueueError) -> [Bool] {
        try leases.map { lease throws(QueueError) in
            try shards.saying(of: lease) { queue throws(QueueError) in try queue.renew([lease])[0] } ?? false
        }
    }

    package func release(_ claim: Claim) throws(QueueError) -> Int {
        try shards.saying(of: claim.lease) { queue throws(QueueError) in try queue.release(claim) } ?? 0
    }

    package func fail(_ task: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) -> FailureAnswer {
        try shards.saying(of: claim.lease) { queue throws(QueueError) in
            try queue.fail(task, of: claim, failure)
        } ?? .stale
    }

    package func leave() throws(QueueError) {
        leavePost()
        for shard in shards.opened where board.isAnyWithinReach {
            _ = try shards.trying(shard) { queue throws(QueueError) in try queue.leave() }
        }
    }

    // MARK: Turns

    private func begin(at shard: Int) { turn = (shard, Self.claimsOfTurn, .now + Self.turnLength) }

    /// Claims from one shard; an exchange with nothing in it when the shard is away.
    private func claim(
        from shard: Int, _ request: ClaimRequest, acking finished: Claim?
    ) throws(QueueError) -> Exchange {
        let exchange: Exchange?
        if let finished {
            exchange = try shards.saying(of: finished.lease) { queue throws(QueueError) in
                try queue.exchange(acking: finished, claiming: request)
            }
        } else {
            exchange = try shards.trying(shard) { queue throws(QueueError) in
                try queue.exchange(acking: nil, claiming: request)
            }
        }
        guard let exchange else { return finished.map(Exchange.unanswered) ?? Exchange() }
        note(exchange, at: shard)
        return exchange
    }

    private func ack(_ claim: Claim) throws(QueueError) -> Exchange {
        try shards.saying(of: claim.lease) { queue throws(QueueError) in
            try queue.exchange(acking: claim, claiming: nil)
        } ?? .unanswered(claim)
    }

    private func note(_ exchange: Exchange, at shard: Int) {
        if exchange.claim != nil { turn.claims -= 1 }
        board.note(shard, found: exchange.claim != nil, dueIn: exchange.dueIn)
    }

    // MARK: Waiting

    /// Chooses where to wait, among the shards within reach; where none is, it stays where it has waited before.
    private func settleDown() throws(QueueError) {
        while board.isAnyWithinReach {
            let shard = board.beginWaiting(from: home)
            defer { if !isAtPost { board.endWaiting(at: shard) } }
            guard let queue = try shards.trying(shard, { $0 }) else { continue }
            (post, isAtPost) = ((shard, queue), true)
            return
        }
        board.beginWaiting(at: post.shard)
        isAtPost = true
    }

    /// Waits at its post; where no shard is within reach for a server, too, as if there were no other.
    private func wait(for request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange? {
        guard board.isAnyWithinReach else { return try post.queue.awaitClaim(request, upTo: limit) }
        return try shards.trying(post.shard) { queue throws(QueueError) in try queue.awaitClaim(request, upTo: limit) }
    }

    private func leavePost() {
        if isAtPost { board.endWaiting(at: post.shard) }
        isAtPost = false
    }
}

extension Exchange {
    /// That of a claim whose ack nobody has answered.
    fileprivate static func unanswered(_ claim: Claim) -> Exchange {
        claim.settleAll()
        var exchange = Exchange()
        exchange.ack = .unknown
        return exchange
    }

    /// Adds what another one brought.
    fileprivate mutating func note(_ other: Exchange) {
        ack = other.ack ?? ack
        exceptions += other.exceptions
        claim = other.claim ?? claim
    }
}
