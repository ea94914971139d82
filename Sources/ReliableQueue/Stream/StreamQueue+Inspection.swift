public import Redis

extension StreamQueue {
    /// What lies where. Two round trips.
    public func depth() throws(QueueError) -> QueueDepth {
        try link.resilient { _ throws(RedisError) in
            guard try isMade() else { return QueueDepth() }
            for stream in [keys.pending, keys.retry] {
                connection.append("XLEN", [stream])
                connection.append("XPENDING", [stream, "workers"])
            }
            connection.append("ZCARD", [keys.delayed])
            connection.append("LLEN", [keys.dead])
            var depth = QueueDepth()
            var waiting: [Int] = []
            for _ in 0..<2 {
                let length = try connection.receive().integer()
                let (held, claims) = try Self.pending(connection.receive())
                waiting.append(length - held)
                depth.claims += claims
            }
            (depth.pending, depth.retry) = (waiting[0], waiting[1])
            depth.delayed = try connection.receive().integer()
            depth.dead = try connection.receive().integer()
            return depth
        }
    }

    /// The claims that are held, in no order; at most `limit` of each stream.
    public func heldClaims(limit: Int) throws(QueueError) -> [HeldClaim] {
        try link.resilient { _ throws(RedisError) in
            guard try isMade() else { return [] }
            let lease = try connection.call("HGET", keys.epoch, "lease")
            let length = lease.isNull ? 0 : Int64(try lease.text()) ?? 0
            var claims: [HeldClaim] = []
            for stream in [keys.pending, keys.retry] {
                let reply = try connection.call("XPENDING", stream, "workers")
                guard try reply.integer(at: 0) > 0 else { continue }
                let consumers = try reply.withElement(3) { consumers throws(RedisError) in
                    try (0..<min(limit, consumers.count)).map { index throws(RedisError) in
                        try consumers.withElement(index) { pair throws(RedisError) in
                            (name: try pair.text(at: 0), tasks: Int(try pair.text(at: 1)) ?? 0)
                        }
                    }
                }
                for (name, tasks) in consumers {
                    let first = try connection.call("XPENDING", stream, "workers", "-", "+", "1", name)
                    let idle =
                        first.count == 0
                        ? 0
                        : try first.withElement(0) { entry throws(RedisError) in
                            try entry.integer(at: 2)
                        }
                    claims.append(HeldClaim(name: name, tasks: tasks, left: .milliseconds(length - Int64(idle))))
                }
            }
            return claims
        }
    }

    /// How many entries are held, and by how many claims, from XPENDING's summary.
    private static func pending(_ reply: borrowing RedisReply) throws(RedisError) -> (held: Int, claims: Int) {
        let held = try reply.integer(at: 0)
        guard held > 0 else { return (0, 0) }
        return (held, try reply.withElement(3) { consumers throws(RedisError) in consumers.count })
    }

    /// Visits every task of every stream and list.
    public func visitTasks(_ visit: (TaskPlace, TaskID?) -> Void) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            guard try isMade() else { return }
            for stream in [keys.pending, keys.retry] {
                let held = try heldEntries(of: stream)
                try connection.visitStream(stream) { visit(held.contains($0) ? .claimed : .waiting, $1) }
            }
            try connection.visitElements(connection.call("ZRANGE", keys.delayed, "0", "-1")) { visit(.waiting, $0) }
            try connection.visitList(keys.dead) { visit(.dead, $0) }
        }
    }

    /// False for a queue that nobody has used yet.
    private func isMade() throws(RedisError) -> Bool { try connection.call("EXISTS", keys.pending).integer() == 1 }

    private func heldEntries(of stream: String) throws(RedisError) -> Set<String> {
        var held: Set<String> = []
        var start = "-"
        while true {
            let reply = try connection.call("XPENDING", stream, "workers", start, "+", "10000")
            for index in 0..<reply.count {
                let id = try reply.withElement(index) { entry throws(RedisError) in try entry.text(at: 0) }
                held.insert(id)
                start = "(" + id
            }
            if reply.count < 10_000 { return held }
        }
    }

    /// INFO, anew.
    public func serverInfo() throws(QueueError) -> RedisServerInfo { try link.serverInfo() }

    /// Deletes every key of this queue.
    public func destroy() throws(QueueError) { try link.unlink(keys) }

    /// Deletes this worker's record.
    public func leave() throws(QueueError) { try link.leave(worker: names.worker, keys) }
}

extension RedisConnection {
    /// Visits the entries of a stream, some thousand at a time.
    fileprivate func visitStream(_ key: String, _ visit: (String, TaskID?) -> Void) throws(RedisError) {
        var start = "-"
        while true {
            let reply = try call("XRANGE", key, start, "+", "COUNT", "10000")
            for index in 0..<reply.count {
                let id = try reply.withElement(index) { entry throws(RedisError) in
                    let id = try entry.text(at: 0)
                    try entry.withElement(1) { fields throws(RedisError) in
                        let element = try fields.withElement(1) { field throws(RedisError) in try field.bytes() }
                        visit(id, DecodedElement(element)?.id)
                    }
                    return id
                }
                start = "(" + id
            }
            if reply.count < 10_000 { return }
        }
    }
}
