public import Redis

extension LeaseQueue {
    /// What lies where. One round trip.
    public func depth() throws(QueueError) -> QueueDepth {
        try link.resilient { _ throws(RedisError) in
            connection.append("LLEN", [keys.pending])
            connection.append("LLEN", [keys.retry])
            connection.append("ZCARD", [keys.delayed])
            connection.append("ZCARD", [keys.leases])
            connection.append("LLEN", [keys.dead])
            var depth = QueueDepth()
            depth.pending = try connection.receive().integer()
            depth.retry = try connection.receive().integer()
            depth.delayed = try connection.receive().integer()
            depth.claims = try connection.receive().integer()
            depth.dead = try connection.receive().integer()
            return depth
        }
    }

    /// The claims that are held, those first whose lease runs out first; at most `limit`.
    public func heldClaims(limit: Int) throws(QueueError) -> [HeldClaim] {
        try link.resilient { _ throws(RedisError) in
            let now = try connection.serverMilliseconds()
            let reply = try connection.call("ZRANGE", keys.leases, "0", String(limit - 1), "WITHSCORES")
            var leases: [(name: String, end: Int64)] = []
            for index in stride(from: 0, to: reply.count, by: 2) {
                leases.append((try reply.text(at: index), Int64(Double(try reply.text(at: index + 1)) ?? 0)))
            }
            for lease in leases { connection.append("LLEN", [keys.claim(lease.name)]) }
            var claims: [HeldClaim] = []
            for (name, end) in leases {
                let tasks = max(0, try connection.receive().integer() - 1)
                claims.append(HeldClaim(name: name, tasks: tasks, left: .milliseconds(end - now)))
            }
            return claims
        }
    }

    /// Visits every task of every list.
    public func visitTasks(_ visit: (TaskPlace, TaskID?) -> Void) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            try connection.visitList(keys.pending) { visit(.waiting, $0) }
            try connection.visitList(keys.retry) { visit(.waiting, $0) }
            try connection.visitElements(connection.call("ZRANGE", keys.delayed, "0", "-1")) { visit(.waiting, $0) }
            for claim in try claimIDs() {
                try connection.visitList(keys.claim(claim), from: 1) { visit(.claimed, $0) }
            }
            try connection.visitList(keys.dead) { visit(.dead, $0) }
        }
    }

    /// INFO, anew.
    public func serverInfo() throws(QueueError) -> RedisServerInfo { try link.serverInfo() }

    /// Deletes every key of this queue.
    public func destroy() throws(QueueError) {
        try link.unlink(keys)
    }

    /// Deletes this worker's record.
    public func leave() throws(QueueError) { try link.leave(worker: names.worker, keys) }

    private func claimIDs() throws(RedisError) -> [String] {
        let reply = try connection.call("ZRANGE", keys.leases, "0", "-1")
        var ids: [String] = []
        for index in 0..<reply.count { ids.append(try reply.text(at: index)) }
        return ids
    }
}

extension RedisConnection {
    /// The server's clock, in milliseconds.
    func serverMilliseconds() throws(RedisError) -> Int64 {
        let time = try call("TIME")
        return (Int64(try time.text(at: 0)) ?? 0) * 1_000 + (Int64(try time.text(at: 1)) ?? 0) / 1_000
    }

    /// Visits the tasks of a list, some thousand at a time, from position `start`.
    func visitList(_ key: String, from start: Int = 0, _ visit: (TaskID?) -> Void) throws(RedisError) {
        var position = start
        while true {
            let reply = try call("LRANGE", key, String(position), String(position + 9_999))
            try visitElements(reply, visit)
            if reply.count < 10_000 { return }
            position += reply.count
        }
    }

    /// Visits the tasks of one reply.
    func visitElements(_ reply: borrowing RedisReply, _ visit: (TaskID?) -> Void) throws(RedisError) {
        for index in 0..<reply.count {
            let element = try reply.withElement(index) { element throws(RedisError) in try element.bytes() }
            visit(DecodedElement(element)?.id)
        }
    }
}
