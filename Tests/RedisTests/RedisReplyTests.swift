import Redis
import TestSupport
import Testing

/// Replies of each kind, from a real server.
@Suite struct RedisReplyTests {
    private let connection: RedisConnection
    private let key = TestServer.uniqueName()

    init() throws { connection = try RedisConnection(to: TestServer.shared().endpoint) }

    @Test func status() throws {
        let reply = try connection.call("PING")
        #expect(reply.kind == .status)
        #expect(try reply.text() == "PONG")
        #expect(throws: RedisError.unexpectedReply(wanted: "an integer", got: "status")) { try reply.integer() }
    }

    @Test func integers() throws {
        #expect(try connection.call("INCRBY", key, "-9223372036854775807").integer() == -.max)
        #expect(try connection.call("DEL", key).integer() == 1)
        #expect(throws: RedisError.self) { _ = try connection.call("DEL", key).text() }
    }

    @Test func nothing() throws {
        #expect(try connection.call("GET", key).isNull)
        #expect(try connection.call("BLPOP", key, "0.001").isNull)
    }

    @Test func bytes() throws {
        let value: [UInt8] = [0, 255, 13, 10, 0]
        connection.append { writer in
            writer.command("ECHO", arguments: 1)
            writer.argument(value)
        }
        let reply = try connection.receive()
        #expect(reply.kind == .bytes)
        #expect(try reply.bytes() == value)
        #expect(try reply.withBytes { $0.byteCount } == 5)
        #expect(reply.count == 0)
    }

    @Test func arrays() throws {
        let reply = try connection.call("EVAL", "return {1, 'two', false, {3, {}}, redis.error_reply('BAD day')}", "0")
        #expect(reply.kind == .array)
        #expect(reply.count == 5)
        #expect(try reply.integer(at: 0) == 1)
        #expect(try reply.text(at: 1) == "two")
        #expect(try reply.withElement(2) { $0.isNull })
        #expect(try reply.withElement(3) { $0.count } == 2)
        #expect(try reply.withElement(4) { $0.kind } == .error)
        #expect(throws: RedisError.self) { try reply.integer(at: 5) }
        #expect(throws: RedisError.self) { try reply.integer(at: -1) }
    }

    @Test func bytesOfAnArrayAreReadWhereTheyLie() throws {
        let reply = try connection.call("EVAL", "return {'a', '', 'bcd', 4}", "0")
        #expect(throws: RedisError.self) { try reply.nodesOfBytes(from: 0) }
        #expect(throws: RedisError.self) { try reply.nodesOfBytes(from: 2) }
        #expect(try reply.nodesOfBytes(from: 0, by: 2).map { texts(reply.buffer, $0) } == ["a", "bcd"])
        #expect(try reply.nodesOfBytes(from: 4).isEmpty)
    }

    /// A connection parses into a buffer that nobody holds.
    @Test func aReplyThatIsHeldStaysAsItIs() throws {
        let held = try connection.call("EVAL", "return {'first', {'second'}}", "0")
        for round in 0..<20 {
            let other = try connection.call("ECHO", String(repeating: "\(round)", count: 500))
            #expect(try other.text().hasPrefix("\(round)"))
        }
        #expect(try held.text(at: 0) == "first")
        #expect(try held.withElement(1) { element throws(RedisError) in try element.text(at: 0) } == "second")
    }

    @Test func elementsBehindNestedArraysAreFound() throws {
        let reply = try connection.call("EVAL", "return {{1, {2, 'x'}}, 'a', {}, 'b'}", "0")
        #expect(try reply.text(at: 1) == "a")
        #expect(try reply.withElement(2) { $0.count } == 0)
        #expect(try reply.text(at: 3) == "b")
    }

    @Test func aReplyLargerThanAReadIsWhole() throws {
        let reply = try connection.call("EVAL", "local t = {} for i = 1, 5000 do t[i] = 'task ' .. i end return t", "0")
        #expect(try reply.nodesOfBytes(from: 0).count == 5_000)
        #expect(try reply.text(at: 4_999) == "task 5000")
    }

    @Test func severalRepliesAreOneArray() throws {
        connection.append("ECHO", ["a"])
        connection.append("NOSUCHCOMMAND", [])
        connection.append("EVAL", ["return {1, {2}}", "0"])
        connection.append("ECHO", ["b"])
        let replies = try connection.receiveAll(4)
        #expect(replies.count == 4)
        #expect(try replies.text(at: 0) == "a")
        #expect(try replies.withElement(1) { $0.kind } == .error)
        #expect(try replies.text(at: 3) == "b")
        #expect(throws: RedisError.self) { try replies.throwRefusal() }
        #expect(try connection.call("PING").text() == "PONG")
        #expect(try connection.receiveAll(0).count == 0)
    }

    /// Replies are found by their place whether one of them is an array or none.
    @Test(arguments: [nil, 0, 1, 2]) func anyOfSeveralRepliesIsFound(array: Int?) throws {
        for place in 0..<3 {
            connection.append("EVAL", [place == array ? "return {7, 8, {9}, {}}" : "return \(place)", "0"])
        }
        connection.append("EVAL", ["return false", "0"])
        let replies = try connection.receiveAll(4)
        for place in 0..<3 {
            if place == array {
                #expect(try replies.withElement(place) { $0.count } == 4)
                #expect(throws: RedisError.self) { try replies.integer(at: place) }
            } else {
                #expect(try replies.integer(at: place) == place)
            }
            #expect(try !replies.isNull(at: place))
        }
        #expect(try replies.isNull(at: 3))
    }

    @Test func trafficIsCountedAsItIsOnTheWire() throws {
        let before = connection.traffic
        _ = try connection.call("ECHO", "twelve bytes")
        #expect(connection.traffic.bytesIn - before.bytesIn == "$12\r\ntwelve bytes\r\n".utf8.count)
    }

    private func texts(_ buffer: ReplyBuffer, _ node: Int) -> String {
        unsafe buffer.bytes(of: node).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    @Test func aRefusalIsThrown() throws {
        let error = #expect(throws: RedisError.self) { _ = try connection.call("NOSUCHCOMMAND") }
        #expect(error?.serverCode == "ERR")
        #expect(error?.isConnectionLost == false)
        #expect(try connection.call("PING").text() == "PONG")
    }
}
