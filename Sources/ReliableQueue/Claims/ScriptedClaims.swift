import Redis

/// What `lease` and `stream` do alike: claims that a script makes, each named by its worker before it exists, so that a request
/// whose answer was lost can be repeated.
protocol ScriptedClaims: TaskQueue {
    var link: QueueLink { get }
    var keys: QueueKeys { get }
    var configuration: QueueConfiguration { get }
    var kinds: KindNames { get }
    /// Names the claims of this connection.
    var names: ClaimNames { get set }

    /// Appends the script that claims, and what reads the tasks, if it does not.
    ///
    /// - Parameter isAlone: whether the script is to read them itself: of a worker that may be asleep, or that asks again.
    func appendClaim(_ request: ClaimRequest, _ number: Int, wasWaiting: Bool, isAlone: Bool)
    /// The replies to it: first the script's, which is no refusal, then that of what reads the tasks.
    func receiveClaimReplies(_ request: ClaimRequest, _ number: Int) throws(RedisError) -> RedisReply
    /// Where the tasks of a claim lie in those replies, and their names, where they have some.
    func tasks(in replies: borrowing RedisReply) throws(RedisError) -> (nodes: [Int], names: [Int])
    /// Appends the script that acks all that remains of a claim.
    func appendAck(of claim: Claim)
    /// Its answer.
    func decodeAck(_ reply: borrowing RedisReply, isRepeated: Bool) throws(RedisError) -> AckAnswer
    /// What the script gives a claim of that many tasks, as far as the worker can tell: renewals ask for the same.
    func leaseLength(_ request: ClaimRequest, tasks: Int) -> Duration
}

/// The names of a worker's claims, in the order in which it asks for them.
struct ClaimNames {
    /// The worker: new at each start, so that no claim's name is ever used twice.
    let worker = String(UInt64.random(in: .min ... .max), radix: 36)
    private var last = 0

    /// The number of the next request.
    mutating func next() -> Int {
        last += 1
        return last
    }

    /// The name of the claim that a request makes.
    subscript(request: Int) -> String { "\(worker).\(request)" }
}

/// How many tasks a claim takes at most whose worker may be asleep.
private let mostClaimedAsleep = 16

extension ScriptedClaims {
    /// Acks what remains of `finished` and claims anew, both in one round trip.
    ///
    /// When the answers are lost, both are repeated: the ack by what it acks, the claim by its name.
    func ackAndClaim(_ finished: Claim?, _ next: ClaimRequest?) throws(QueueError) -> Exchange {
        let number = next.map { _ in names.next() }
        var answered: (ack: AckAnswer, generation: Int)?
        // Said again, it may be answered with the claim that the first request made.
        let began = monotonicNanoseconds()
        return try link.resilient { isRepeated throws(RedisError) in
            var exchange = Exchange()
            // Said again on this connection, only the claim was refused; another server may have lost the ack.
            let isToAck = finished != nil && answered?.generation != connection.generation
            if let finished, isToAck { appendAck(of: finished) }
            if let next, let number { appendClaim(next, number, wasWaiting: false, isAlone: isRepeated) }
            if isToAck {
                let ack = try decodeAck(connection.receive(), isRepeated: isRepeated)
                answered = (answered?.ack ?? ack, connection.generation)
            }
            exchange.ack = answered?.ack
            if let next, let number { try receiveClaim(next, number, began, into: &exchange) }
            finished?.settleAll()
            return exchange
        }
    }

    /// Blocks on the wake-up marker, never on the tasks themselves: a task popped into a reply that is lost would be in no list,
    /// and XREADGROUP hands out tasks before they have a token. Then claims by script, which waits on the server's side already:
    /// from the push of a task to its claim nobody else has to wake up. A worker that was stopped while it waits claims all the
    /// same, and nobody runs those tasks before their lease is over: so they are a few.
    func claimOnceAwake(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        let number = names.next()
        let waitBegan = monotonicNanoseconds()
        return try link.resilient { isRepeated throws(RedisError) in
            // A probe stops between the two, where it says.
            let isSentAhead = !isRepeated && !connection.isProbed
            if !isRepeated { connection.append("BZPOPMIN", [keys.wake, link.blockingSeconds(limit)]) }
            let request = isSentAhead ? request.limited(to: mostClaimedAsleep) : request
            if isSentAhead { appendClaim(request, number, wasWaiting: true, isAlone: true) }
            if !isRepeated { _ = try connection.receive() }
            var exchange = Exchange()
            let awake = monotonicNanoseconds()
            exchange.blockedFor = .nanoseconds(Int64(awake - waitBegan))
            if !isSentAhead { appendClaim(request, number, wasWaiting: true, isAlone: true) }
            try receiveClaim(request, number, isSentAhead || isRepeated ? waitBegan : awake, into: &exchange)
            return exchange
        }
    }

    private func receiveClaim(
        _ request: ClaimRequest, _ number: Int, _ began: UInt64, into exchange: inout Exchange
    ) throws(RedisError) {
        let replies = try receiveClaimReplies(request, number)
        let (status, milliseconds) = try replies.withElement(0) { reply throws(RedisError) in
            let status = try reply.integer(at: 0)
            return (status, status == 0 ? try reply.integer(at: 1) : 0)
        }
        switch status {
        case 1:
            exchange.claim = try claim(from: replies, request, number, began)
            // A monitor took it between the script and the reading.
            if exchange.claim == nil { exchange.dueIn = .zero }
        case 0:
            exchange.dueIn = milliseconds < 0 ? nil : .milliseconds(milliseconds)
        default:
            // Answered before, and gone since: a monitor has it back. The next request has another number, and is made at
            // once, since nobody may have been woken for those tasks.
            exchange.dueIn = .zero
        }
    }

    /// The first reply begins with 1, the header, and the counts of attempts.
    private func claim(
        from replies: borrowing RedisReply, _ request: ClaimRequest, _ number: Int, _ began: UInt64
    ) throws(RedisError) -> Claim? {
        let (header, counts) = try replies.withElement(0) { reply throws(RedisError) in
            (try ClaimHeader(parsing: reply.text(at: 1)), try reply.text(at: 2))
        }
        let tasks = try tasks(in: replies)
        if tasks.nodes.isEmpty { return nil }
        let lease = Lease(
            claimID: names[number], shard: configuration.shard, token: "\(header.token)",
            length: leaseLength(request, tasks: tasks.nodes.count),
            surely: min(request.shortestLease, configuration.longestLease), began: began)
        return Claim(
            lease: lease, token: header.token, isRedelivery: header.isRedelivery, buffer: replies.buffer,
            nodes: tasks.nodes, nameNodes: tasks.names, attempts: ClaimHeader.attempts(counts), kinds: kinds)
    }
}

extension CommandWriter {
    /// What both claim scripts take first: ten arguments.
    ///
    /// - Parameter lease: the shortest lease.
    mutating func arguments(
        of request: ClaimRequest, _ name: String, _ number: Int, lease: Duration,
        _ configuration: QueueConfiguration, wasWaiting: Bool
    ) {
        precondition((1...TaskBatch.largest).contains(request.limit), "a claim takes 1 to \(TaskBatch.largest) tasks")
        argument(name)
        argument(number)
        argument(request.limit)
        argument(Int(lease.milliseconds))
        argument(String(request.averageTask.seconds * 1e6))
        argument(Int(request.quantum.microseconds))
        argument(configuration.mostRedeliveries)
        argument(request.isMixed ? "1" : "0")
        argument(wasWaiting ? "1" : "0")
        argument(Int(QueueLink.memory.milliseconds))
    }

    /// What both take last: two arguments a kind.
    mutating func arguments(ofKinds kinds: [String: Duration]) {
        for (kind, time) in kinds {
            argument(kind)
            argument(String(time.seconds * 1e6))
        }
    }
}
