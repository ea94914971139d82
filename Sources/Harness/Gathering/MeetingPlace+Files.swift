import Redis

/// Where parts lay their journals down, piece by piece.
extension MeetingPlace {
    /// Lays a piece of a part's files down.
    func lay(_ piece: [UInt8], number: Int, of name: String) throws(HarnessError) {
        try saying { connection throws(RedisError) in
            connection.append { writer in
                writer.command("SET", arguments: 4)
                writer.argument(key("piece:\(name):\(number)"))
                writer.argument(piece)
                writer.argument("PX")
                writer.argument(Self.pieceLifetime)
            }
            _ = try connection.receive()
        }
    }

    /// The piece of that number; `nil` while it is not there.
    func piece(_ number: Int, of name: String) throws(HarnessError) -> [UInt8]? {
        try saying { connection throws(RedisError) in
            let reply = try connection.call("GET", key("piece:\(name):\(number)"))
            return reply.isNull ? nil : try reply.bytes()
        }
    }

    /// Says that the pieces of a part below a number were taken, and removes the last of them.
    func confirm(_ number: Int, of name: String) throws(HarnessError) {
        try saying { connection throws(RedisError) in
            connection.append("SET", [key("taken:\(name)"), "\(number)", "PX", "\(Self.pieceLifetime)"])
            connection.append("DEL", [key("piece:\(name):\(number - 1)")])
            let replies = try connection.receiveAll(2)
            try replies.throwRefusal()
        }
    }

    /// How many pieces of a part were taken.
    func taken(of name: String) throws(HarnessError) -> Int {
        try saying { connection throws(RedisError) in
            let reply = try connection.call("GET", key("taken:\(name)"))
            return reply.isNull ? 0 : Int(try reply.text()) ?? 0
        }
    }

    /// Removes the count of a part's pieces, once the part has read it for the last time.
    func forgetCount(of name: String) throws(HarnessError) {
        try saying { connection throws(RedisError) in _ = try connection.call("DEL", key("taken:\(name)")) }
    }
}
