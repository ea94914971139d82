import Redis

extension QueueObserver {
    /// A look at a queue of `stream`: four round trips, since what to ask for next depends on what each stream says of itself.
    func lookAtStreams() throws(RedisError) -> QueueSight {
        var sight = QueueSight()
        let (lease, sessions, dead) = try receiveStreamCounts(into: &sight)
        let pending = try facts(of: keys.pending)
        let retry = try facts(of: keys.retry)
        sight.depth.pending = pending.length - pending.held
        sight.depth.retry = retry.length - retry.held
        sight.depth.claims = pending.claims + retry.claims
        sight.heldTasks = pending.held + retry.held
        sight.isHeldExact = true
        sight.counters.enqueued = pending.added
        if let first = pending.read, let again = retry.read ?? (retry.added == 0 ? 0 : nil) {
            sight.counters.handedOut = first + again
        }
        let gone = sessions.map(batches.missing) ?? []

        connection.append("XRANGE", [keys.pending, "(" + pending.lastRead, "+", "COUNT", "1"])
        appendClaims(of: keys.pending, pending)
        appendClaims(of: keys.retry, retry)
        appendEnded(gone)
        appendReasons(of: dead)
        let oldest = try oldestWaiting(now: sight.serverMilliseconds)
        if sight.depth.pending > 0 { sight.oldestWaiting = oldest }
        for stream in [pending, retry] { sight.claims += try claims(of: stream, lease: lease) }
        sight.isEveryClaimSeen = max(pending.claims, retry.claims) <= Limits.claims
        let ended = try self.ended(gone)
        sight.counters.batches = sessions.map { batches.note($0, ended: ended) }
        sight.newestDead = try letters(dead)
        return sight
    }

    /// The first round trip: what lies outside of the streams.
    private func receiveStreamCounts(
        into sight: inout QueueSight
    ) throws(RedisError) -> (lease: Int?, sessions: [String: Int]?, dead: [[UInt8]]) {
        connection.append("TIME", [])
        connection.append("LLEN", [keys.dead])
        connection.append("ZCARD", [keys.delayed])
        for hash in [keys.failures, keys.redeliveries] { connection.append("HLEN", [hash]) }
        for field in ["sequence", "lease"] { connection.append("HGET", [keys.epoch, field]) }
        appendNextDue()
        appendProducers()
        appendLetters()
        sight.serverMilliseconds = try milliseconds()
        sight.depth.dead = try count()
        sight.depth.delayed = try count()
        sight.failedTasks = try count()
        sight.orphanedTasks = try count()
        sight.counters.claims = try numberInText() ?? 0
        let lease = try numberInText()
        sight.nextDue = try nextDue(now: sight.serverMilliseconds)
        let (producers, sessions) = try self.producers()
        sight.producers = producers
        return (lease, sessions, try elements())
    }

    /// What the server says of a stream; of one that is not there nothing.
    private func facts(of stream: String) throws(RedisError) -> StreamFacts {
        connection.append("XINFO", ["STREAM", stream])
        connection.append("XINFO", ["GROUPS", stream])
        do throws(RedisError) {
            return try StreamFacts(stream: connection.receive(), groups: connection.receive())
        } catch {
            guard case .server(let words) = error, words.contains("no such key") else { throw error }
            connection.drain()
            return StreamFacts()
        }
    }

    /// How long the first entry waits that nobody has read: its id begins with its time.
    private func oldestWaiting(now: Int64) throws(RedisError) -> Duration? {
        let reply = try connection.receive()
        guard reply.count > 0 else { return nil }
        let id = try reply.withElement(0) { entry throws(RedisError) in try entry.text(at: 0) }
        return Int64(id.prefix { $0 != "-" }).map { .milliseconds(max(0, now - $0)) }
    }

    /// Asks for the claims of a stream: each is a consumer. Of too many, for the oldest of the entries that they hold.
    private func appendClaims(of stream: String, _ facts: StreamFacts) {
        guard facts.claims > 0 else { return }
        if facts.claims <= Limits.claims {
            connection.append("XINFO", ["CONSUMERS", stream, "workers"])
        } else {
            connection.append("XPENDING", [stream, "workers", "-", "+", String(Limits.claims)])
        }
    }

    /// The answer. A consumer idles from its claim, or from when that was renewed last. Entries tell whose they are, and not
    /// how many more it has.
    private func claims(of facts: StreamFacts, lease: Int?) throws(RedisError) -> [SeenClaim] {
        guard facts.claims > 0 else { return [] }
        let reply = try connection.receive()
        let isOfConsumers = facts.claims <= Limits.claims
        var found: [String: (tasks: Int, idle: Int)] = [:]
        for index in 0..<reply.count {
            let (name, tasks, idle) = try reply.withElement(index) { row throws(RedisError) -> (String, Int, Int) in
                if !isOfConsumers { return (try row.text(at: 1), 1, try row.integer(at: 2)) }
                let consumer = try row.pairs()
                let numbers = ["pending", "idle"].map { consumer[$0].flatMap(Int.init) ?? 0 }
                return (consumer["name"] ?? "", numbers[0], numbers[1])
            }
            let known = found[name] ?? (0, .max)
            found[name] = (known.tasks + tasks, min(known.idle, idle))
        }
        return found.sorted { ($1.value.idle, $0.key) < ($0.value.idle, $1.key) }.map { name, claim in
            SeenClaim(
                name: name, holder: SeenClaim.holder(ofClaim: name), tasks: claim.tasks,
                isEveryTaskSeen: isOfConsumers, left: lease.map { .milliseconds($0 - claim.idle) },
                renewed: .milliseconds(claim.idle))
        }
    }
}
