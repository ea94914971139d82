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
    ///
    /// - Parameter isPart: whether it is a part of a transaction, of which no probe has to know by itself.
    func append(
        _ script: RedisScript, keys: [String], arguments: Int, isPart: Bool = false,
        _ write: (inout CommandWriter) -> Void
    ) {
        script.append(
            to: connection, keys: keys.count, arguments: arguments, called: isPart ? nil : script.name
        ) { writer in
            for key in keys { writer.argument(key) }
            write(&writer)
        }
    }

    /// Appends a command that is a part of a transaction.
    func appendPart(_ name: String, _ arguments: String...) {
        connection.append { writer in
            writer.command(name, arguments: arguments.count, called: nil)
            for argument in arguments { writer.argument(argument) }
        }
    }
}
