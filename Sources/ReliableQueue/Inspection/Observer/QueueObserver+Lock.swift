import Redis

extension QueueObserver {
    /// A look at a queue of `lock`: two round trips.
    func lookAtLocks() throws(RedisError) -> QueueSight {
        connection.append("TIME", [])
        for list in [keys.pending, keys.processing, keys.dead] { connection.append("LLEN", [list]) }
        connection.append("LRANGE", [keys.processing, "0", String(Limits.claims - 1)])
        appendLetters()
        var sight = QueueSight()
        sight.serverMilliseconds = try milliseconds()
        sight.depth.pending = try count()
        sight.depth.claims = try count()
        sight.depth.dead = try count()
        let names = try elements().map(LockQueue.name)
        let dead = try elements()

        for name in names {
            connection.append("PTTL", [keys.lock(name)])
            connection.append("GET", [keys.lock(name)])
        }
        appendReasons(of: dead)
        for name in names {
            let left = try count()
            let holder = try connection.receive()
            sight.claims.append(
                SeenClaim(
                    name: name, holder: holder.isNull ? nil : try holder.text(), tasks: 1,
                    left: left < 0 ? nil : .milliseconds(left)))
        }
        sight.heldTasks = sight.depth.claims
        sight.isHeldExact = true
        sight.isEveryClaimSeen = names.count < Limits.claims || names.count >= sight.depth.claims
        sight.newestDead = try letters(dead)
        return sight
    }

    /// A look at a queue of `pop`: two round trips. Nobody knows what workers hold.
    func lookAtList() throws(RedisError) -> QueueSight {
        connection.append("TIME", [])
        for list in [keys.pending, keys.dead] { connection.append("LLEN", [list]) }
        appendLetters()
        var sight = QueueSight()
        sight.serverMilliseconds = try milliseconds()
        sight.depth.pending = try count()
        sight.depth.dead = try count()
        let dead = try elements()
        appendReasons(of: dead)
        sight.newestDead = try letters(dead)
        return sight
    }
}
