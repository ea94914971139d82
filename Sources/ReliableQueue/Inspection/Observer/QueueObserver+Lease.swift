import Redis

extension QueueObserver {
    /// A look at a queue of `lease`: two round trips.
    func lookAtLeases() throws(RedisError) -> QueueSight {
        appendLeaseCounts()
        var sight = QueueSight()
        try receiveLeaseCounts(into: &sight)
        let reply = try connection.receive()
        var leases: [(name: String, end: Int64)] = []
        for index in stride(from: 0, to: reply.count, by: 2) {
            leases.append((try reply.text(at: index), Self.milliseconds(score: try reply.text(at: index + 1))))
        }
        let (producers, sessions) = try self.producers()
        let dead = try elements()
        let gone = sessions.map(batches.missing) ?? []
        let now = sight.serverMilliseconds

        connection.append("ZCOUNT", [keys.leases, "-inf", String(now)])
        for lease in leases { connection.append("LLEN", [keys.claim(lease.name)]) }
        appendEnded(gone)
        appendReasons(of: dead)
        sight.expiredClaims = try count()
        for (name, end) in leases {
            // The first element is the claim's header. Where there is none the claim has ended since: it was held at the look,
            // and how many tasks it held nobody knows any more.
            let tasks = try count() - 1
            guard tasks >= 0 else { continue }
            sight.claims.append(
                SeenClaim(
                    name: name, holder: SeenClaim.holder(ofClaim: name), tasks: tasks, left: .milliseconds(end - now)))
        }
        sight.isEveryClaimSeen = sight.claims.count >= sight.depth.claims
        let isNothingKnown = sight.claims.isEmpty && !sight.isEveryClaimSeen
        sight.heldTasks = isNothingKnown ? nil : sight.claims.reduce(0) { $0 + $1.tasks }
        sight.producers = producers
        let ended = try self.ended(gone)
        sight.counters.batches = sessions.map { batches.note($0, ended: ended) }
        sight.newestDead = try letters(dead)
        return sight
    }

    private func appendLeaseCounts() {
        connection.append("TIME", [])
        connection.append("HMGET", [keys.epoch, "sequence", "first", "again"])
        for list in [keys.pending, keys.retry, keys.dead] { connection.append("LLEN", [list]) }
        for set in [keys.delayed, keys.leases] { connection.append("ZCARD", [set]) }
        for hash in [keys.failures, keys.redeliveries] { connection.append("HLEN", [hash]) }
        appendNextDue()
        connection.append("ZRANGE", [keys.leases, "0", String(Limits.claims - 1), "WITHSCORES"])
        appendProducers()
        appendLetters()
    }

    private func receiveLeaseCounts(into sight: inout QueueSight) throws(RedisError) {
        sight.serverMilliseconds = try milliseconds()
        // What was never counted is 0.
        let counts = try numbersInTexts().map { $0 ?? 0 }
        sight.depth.pending = try count()
        sight.depth.retry = try count()
        sight.depth.dead = try count()
        sight.depth.delayed = try count()
        sight.depth.claims = try count()
        sight.failedTasks = try count()
        sight.orphanedTasks = try count()
        sight.counters.claims = counts[0]
        sight.counters.handedOut = counts[1] + counts[2]
        // What came is what was taken for a first attempt, and what still waits for that.
        sight.counters.enqueued = counts[1] + sight.depth.pending
        sight.nextDue = try nextDue(now: sight.serverMilliseconds)
    }
}
