import Redis

// What the looks at several protocols read alike.
extension QueueObserver {
    /// The next reply as an integer.
    func count() throws(RedisError) -> Int { try connection.receive().integer() }

    /// The next reply as the number that a text is; `nil` for nothing.
    func numberInText() throws(RedisError) -> Int? {
        let reply = try connection.receive()
        return reply.isNull ? nil : Int(try reply.text())
    }

    /// The next reply as the numbers that texts are; `nil` for nothing.
    func numbersInTexts() throws(RedisError) -> [Int?] {
        let reply = try connection.receive()
        return try (0..<reply.count).map { index throws(RedisError) in
            try reply.isNull(at: index) ? nil : Int(try reply.text(at: index))
        }
    }

    /// The next reply as Redis' clock in milliseconds.
    func milliseconds() throws(RedisError) -> Int64 {
        let time = try connection.receive()
        return (Int64(try time.text(at: 0)) ?? 0) * 1_000 + (Int64(try time.text(at: 1)) ?? 0) / 1_000
    }

    /// The next reply as the elements of a list.
    func elements() throws(RedisError) -> [[UInt8]] {
        let reply = try connection.receive()
        return try (0..<reply.count).map { index throws(RedisError) in
            try reply.withElement(index) { element throws(RedisError) in try element.bytes() }
        }
    }

    /// Asks for the newest dead letters.
    func appendLetters() { connection.append("LRANGE", [keys.dead, String(-Limits.letters), "-1"]) }

    /// Asks why these became dead letters.
    func appendReasons(of letters: [[UInt8]]) {
        for letter in letters {
            connection.append { writer in
                writer.command("HGET", arguments: 2)
                writer.argument(keys.reasons)
                writer.argument(configuration.queueProtocol.reasonField(of: letter))
            }
        }
    }

    /// The answers, as letters with the newest first.
    func letters(_ elements: [[UInt8]]) throws(RedisError) -> [SeenLetter] {
        var letters: [SeenLetter] = []
        for element in elements {
            let reply = try connection.receive()
            let letter = DeadLetter(element, reason: reply.isNull ? nil : try reply.text())
            letters.append(SeenLetter(id: letter.id, kind: letter.kind, reason: letter.reason))
        }
        return letters.reversed()
    }

    /// Asks for the delayed task that is due first.
    func appendNextDue() { connection.append("ZRANGE", [keys.delayed, "0", "0", "WITHSCORES"]) }

    /// When it is due.
    func nextDue(now: Int64) throws(RedisError) -> Duration? {
        let reply = try connection.receive()
        guard reply.count == 2 else { return nil }
        return .milliseconds(Self.milliseconds(score: try reply.text(at: 1)) - now)
    }

    /// A score that is a time, in milliseconds; whoever wrote another far away from all times.
    static func milliseconds(score: String) -> Int64 {
        guard let value = Double(score), !value.isNaN else { return 0 }
        return Int64(min(max(value, -1e15), 1e15))
    }

    /// Asks what producers have enqueued.
    func appendProducers() {
        connection.append("HLEN", [keys.producers])
        connection.append("HSCAN", [keys.producers, "0", "COUNT", String(Limits.producers)])
    }

    /// How many there are, and the last batch of each; `nil` where there are more than are looked at.
    func producers() throws(RedisError) -> (count: Int, batches: [String: Int]?) {
        let count = try self.count()
        let reply = try connection.receive()
        guard try reply.text(at: 0) == "0" else { return (count, nil) }
        let batches = try reply.withElement(1) { pairs throws(RedisError) in
            var batches: [String: Int] = [:]
            for index in stride(from: 0, to: pairs.count - 1, by: 2) {
                batches[try pairs.text(at: index)] = Int(try pairs.text(at: index + 1)) ?? 0
            }
            return batches
        }
        return (count, batches)
    }

    /// Asks for the last batches of producers that have ended since the look before: in one command, however many have.
    func appendEnded(_ sessions: [String]) {
        guard !sessions.isEmpty else { return }
        connection.append("MGET", sessions.map { keys.ended(UInt64($0) ?? 0) })
    }

    /// The answer.
    func ended(_ sessions: [String]) throws(RedisError) -> [String: Int] {
        guard !sessions.isEmpty else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(sessions, try numbersInTexts())).compactMapValues(\.self)
    }
}

extension QueueProtocol {
    /// What the reason of a dead letter is filed under: the 16 bytes of the task's id in the protocols with scripts, a text in
    /// the others.
    func reasonField(of element: [UInt8]) -> [UInt8] {
        switch self {
        case .lease, .stream: Array(element.dropFirst().prefix(16))
        case .lock, .lockSetex, .pop: Array(LockQueue.name(of: element).utf8)
        }
    }
}
