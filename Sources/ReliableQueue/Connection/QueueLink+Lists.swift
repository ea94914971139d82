import Redis

// What several protocols do alike.
extension QueueLink {
    /// INFO, anew.
    func serverInfo() throws(QueueError) -> RedisServerInfo {
        try resilient { _ throws(RedisError) in
            RedisServerInfo(parsing: try connection.call("INFO").text())
        }
    }

    /// Pushes a batch to the end of a list with nothing but RPUSH.
    func push(_ batch: EncodedTasks, to list: String) throws(QueueError) {
        _ = try acknowledged { _ throws(RedisError) in
            connection.append { writer in
                writer.command("RPUSH", arguments: 1 + batch.count)
                writer.argument(list)
                for index in 0..<batch.count { writer.argument(batch[index]) }
            }
            _ = try connection.receive()
            return .accepted
        }
    }

    /// Deletes every key of a queue.
    func unlink(_ keys: QueueKeys) throws(QueueError) {
        try resilient(waitingForRoom: false) { _ throws(RedisError) in
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
        }
    }
}
