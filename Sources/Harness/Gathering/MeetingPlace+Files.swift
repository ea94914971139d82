import Redis

/// Where parts lay their journals down, piece by piece.
extension MeetingPlace {
    /// Lays a piece of a part's files down, in a parcel of that name.
    func lay(_ piece: [UInt8], number: Int, in parcel: String) throws(HarnessError) {
        try saying { connection throws(RedisError) in
            connection.append { writer in
                writer.command("SET", arguments: 4)
                writer.argument(key("piece:\(parcel):\(number)"))
                writer.argument(piece)
                writer.argument("PX")
                writer.argument(Self.pieceLifetime)
            }
            _ = try connection.receive()
        }
    }

    /// The piece of that number in a parcel; `nil` while it is not there.
    func piece(_ number: Int, in parcel: String) throws(HarnessError) -> [UInt8]? {
        try saying { connection throws(RedisError) in
            let reply = try connection.call("GET", key("piece:\(parcel):\(number)"))
            return reply.isNull ? nil : try reply.bytes()
        }
    }

    /// Says that the pieces of a parcel below a number were taken, and removes the last of them.
    func confirm(_ number: Int, in parcel: String) throws(HarnessError) {
        try saying { connection throws(RedisError) in
            connection.append("SET", [key("taken:\(parcel)"), "\(number)", "PX", "\(Self.pieceLifetime)"])
            connection.append("DEL", [key("piece:\(parcel):\(number - 1)")])
            let replies = try connection.receiveAll(2)
            try replies.throwRefusal()
        }
    }

    /// How many pieces of a parcel were taken.
    func taken(in parcel: String) throws(HarnessError) -> Int {
        try saying { connection throws(RedisError) in
            let reply = try connection.call("GET", key("taken:\(parcel)"))
            return reply.isNull ? 0 : Int(try reply.text()) ?? 0
        }
    }

    /// Removes the count of a parcel's pieces, once the part has read it for the last time.
    func forgetCount(in parcel: String) throws(HarnessError) {
        try saying { connection throws(RedisError) in _ = try connection.call("DEL", key("taken:\(parcel)")) }
    }
}
