import Redis

extension QueueLink {
    /// Runs one script as a step that may be repeated, and decodes its reply.
    func run<Result>(
        _ script: RedisScript, keys: [String], arguments: Int, waitingForRoom waitsForRoom: Bool = true,
        _ write: (inout CommandWriter) -> Void, decode: (borrowing RedisReply) throws(RedisError) -> Result
    ) throws(QueueError) -> Result {
        try resilient(waitingForRoom: waitsForRoom) { _ throws(RedisError) in
            append(script, keys: keys, arguments: arguments, write)
            return try decode(connection.receive())
        }
    }

    /// Appends a call of one script to the pipeline.
    func append(
        _ script: RedisScript, keys: [String], arguments: Int, _ write: (inout CommandWriter) -> Void
    ) {
        script.append(to: connection, keys: keys.count, arguments: arguments) { writer in
            for key in keys { writer.argument(key) }
            write(&writer)
        }
    }
}
