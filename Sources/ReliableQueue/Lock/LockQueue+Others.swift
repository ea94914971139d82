public import Redis

// What producers, monitors and onlookers do.
extension LockQueue {
    /// Pushes the batch. An answer that is lost means that it is pushed twice: the pattern has no way to tell.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        try link.push(batch, to: keys.pending)
    }

    /// Sends the push.
    public func beginEnqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) {
        link.appendPush(batch, to: keys.pending)
        link.begin()
    }

    /// Not kept.
    public func lastBatch(of session: UInt64) throws(QueueError) -> UInt32? { nil }

    /// Nothing is kept of a producer.
    public func forget(session: UInt64) throws(QueueError) {}

    /// Looks at each task in the processing list, and pushes back, then removes, those without a lock.
    public func recover() throws(QueueError) -> Recovery {
        try link.resilient { _ throws(RedisError) in
            let elements = try processing()
            for element in elements { connection.append("EXISTS", [keys.lock(Self.name(of: element))]) }
            var orphans: [[UInt8]] = []
            for element in elements where try connection.receive().integer() == 0 { orphans.append(element) }
            for orphan in orphans { try pushBack(orphan) }
            var recovery = Recovery()
            recovery.recovered = orphans.count
            recovery.nextExpiry = elements.isEmpty ? nil : .zero
            return recovery
        }
    }

    /// What lies where. One round trip.
    public func depth() throws(QueueError) -> QueueDepth {
        try link.resilient { _ throws(RedisError) in
            for key in [keys.pending, keys.processing, keys.dead] { connection.append("LLEN", [key]) }
            var depth = QueueDepth()
            depth.pending = try connection.receive().integer()
            depth.claims = try connection.receive().integer()
            depth.dead = try connection.receive().integer()
            return depth
        }
    }

    /// The tasks in the processing list, the oldest first, and what is left of their locks; at most `limit`.
    public func heldClaims(limit: Int) throws(QueueError) -> [HeldClaim] {
        try link.resilient { _ throws(RedisError) in
            let names = try processing().prefix(limit).map(Self.name)
            for name in names { connection.append("PTTL", [keys.lock(name)]) }
            var claims: [HeldClaim] = []
            for name in names {
                let left = try connection.receive().integer()
                claims.append(HeldClaim(name: name, tasks: 1, left: left < 0 ? nil : .milliseconds(left)))
            }
            return claims
        }
    }

    /// Visits every task of every list.
    public func visitTasks(_ visit: (TaskPlace, TaskID?) -> Void) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            try connection.visitList(keys.pending) { visit(.waiting, $0) }
            try connection.visitList(keys.processing) { visit(.claimed, $0) }
            try connection.visitList(keys.dead) { visit(.dead, $0) }
        }
    }

    /// INFO, anew.
    public func serverInfo() throws(QueueError) -> RedisServerInfo { try link.serverInfo() }

    /// Deletes every key of this queue.
    public func destroy() throws(QueueError) {
        try link.unlink(keys)
    }

    /// Nothing is kept of a worker.
    public func leave() throws(QueueError) {}

    private func processing() throws(RedisError) -> [[UInt8]] {
        let reply = try connection.call("LRANGE", keys.processing, "0", "-1")
        var elements: [[UInt8]] = []
        for index in 0..<reply.count {
            elements.append(try reply.withElement(index) { element throws(RedisError) in try element.bytes() })
        }
        return elements
    }

    /// What the lock of a task is named after.
    static func name(of element: [UInt8]) -> String { unsafe LockNames.name(of: element.span.bytes) }

    private func pushBack(_ element: [UInt8]) throws(RedisError) {
        connection.append { writer in
            writer.command("RPUSH", arguments: 2)
            writer.argument(keys.pending)
            writer.argument(element)
        }
        // A full server refuses the push and not the removal: only once it is pushed may it be removed.
        _ = try connection.receive()
        connection.append { writer in
            writer.command("LREM", arguments: 3)
            writer.argument(keys.processing)
            writer.argument(1)
            writer.argument(element)
        }
        _ = try connection.receive()
    }
}
