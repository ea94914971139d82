import Redis

// What several protocols do alike.
extension QueueLink {
    /// INFO, anew.
    func serverInfo() throws(QueueError) -> RedisServerInfo {
        try resilient { _ throws(RedisError) in
            RedisServerInfo(parsing: try connection.call("INFO").text())
        }
    }

    /// Appends the push of a batch to the end of a list, with nothing but RPUSH.
    func appendPush(_ batch: EncodedTasks, to list: String) {
        connection.append { writer in
            writer.command("RPUSH", arguments: 1 + batch.count)
            writer.argument(list)
            writer.arguments(encoded: batch.arguments, count: batch.count)
        }
    }

    /// Pushes a batch to the end of a list, unless that was begun already.
    func push(_ batch: EncodedTasks, to list: String) throws(QueueError) -> EnqueueAnswer {
        try enqueue {
            appendPush(batch, to: list)
        } decode: { () throws(RedisError) in
            _ = try connection.receive()
            return .accepted
        }
    }

    /// Deletes every key of a queue.
    ///
    /// A node of a Cluster does not send on whoever scans it, also when the queue is elsewhere: so it is asked for a key before
    /// and after.
    func unlink(_ keys: QueueKeys) throws(QueueError) {
        try resilient(waitingForRoom: false) { _ throws(RedisError) in
            _ = try connection.call("GET", keys.gate)
            var cursor = "0"
            repeat {
                let reply = try connection.call("SCAN", cursor, "MATCH", keys.pattern, "COUNT", "500")
                cursor = try reply.text(at: 0)
                let names = try reply.withElement(1) { names throws(RedisError) in
                    var found: [String] = []
                    for index in 0..<names.count { found.append(try names.text(at: index)) }
                    return found
                }
                guard !names.isEmpty else { continue }
                connection.append("UNLINK", names)
                _ = try connection.receive()
            } while cursor != "0"
            _ = try connection.call("GET", keys.gate)
        }
    }
}
