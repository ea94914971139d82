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

    @Test func elementsAreTakenOverInOneBuffer() throws {
        let reply = try connection.call("EVAL", "return {'a', '', 'bcd', 4}", "0")
        var storage: [UInt8] = [7]
        var ends: [Int] = []
        try reply.appendElements(0..<3, to: &storage, ends: &ends)
        #expect(storage == [7] + Array("abcd".utf8))
        #expect(ends == [2, 2, 5])
        #expect(throws: RedisError.self) { try reply.appendElements(3..<4, to: &storage, ends: &ends) }
        #expect(throws: RedisError.self) { try reply.appendElements(0..<5, to: &storage, ends: &ends) }
    }

    @Test func aRefusalIsThrown() throws {
        let error = #expect(throws: RedisError.self) { _ = try connection.call("NOSUCHCOMMAND") }
        #expect(error?.serverCode == "ERR")
        #expect(error?.isConnectionLost == false)
        #expect(try connection.call("PING").text() == "PONG")
    }
}
