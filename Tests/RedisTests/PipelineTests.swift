import Redis
import TestSupport
import Testing

/// Many commands, one round trip.
@Suite struct PipelineTests {
    private let connection: RedisConnection
    private let key = TestServer.uniqueName()

    init() throws { connection = try RedisConnection(to: TestServer.shared().endpoint) }

    @Test func repliesComeInTheOrderOfTheCommands() throws {
        let before = connection.traffic
        for number in 0..<1_000 { connection.append("ECHO", [String(number)]) }
        for number in 0..<1_000 { #expect(try connection.receive().text() == String(number)) }
        let traffic = connection.traffic - before
        #expect(traffic.commands == 1_000)
        #expect(traffic.roundTrips == 1)
    }

    @Test func aRefusedCommandInTheMiddleLeavesTheOthers() throws {
        connection.append("SET", [key, "text"])
        connection.append("LPUSH", [key, "element"])
        connection.append("GET", [key])
        #expect(try connection.receive().text() == "OK")
        let error = #expect(throws: RedisError.self) { _ = try connection.receive() }
        #expect(error?.serverCode == "WRONGTYPE")
        #expect(try connection.receive().text() == "text")
    }

    @Test func drainingDropsWhatIsDue() throws {
        connection.append("ECHO", ["first"])
        connection.append("NOSUCHCOMMAND", [])
        connection.append("ECHO", ["last"])
        #expect(try connection.receive().text() == "first")
        connection.append("SET", [key, "never sent"])
        connection.drain()
        #expect(try connection.call("GET", key).isNull)
    }

    @Test func megabytesGoThroughBothWays() throws {
        let value = [UInt8](repeating: 7, count: 3_000_000)
        for _ in 0..<4 {
            connection.append { writer in
                writer.command("ECHO", arguments: 1)
                writer.argument(value)
            }
        }
        for _ in 0..<4 { #expect(try connection.receive().bytes() == value) }
    }

    @Test func trafficIsWhatTheServerSees() throws {
        // Of a server where nobody else speaks.
        let server = try TestServer.own()
        let connection = try RedisConnection(to: server.endpoint)
        func counts() throws -> (bytesIn: Int, bytesOut: Int) {
            let info = try RedisServerInfo(parsing: connection.call("INFO", "stats").text())
            return (info.integer("total_net_output_bytes"), info.integer("total_net_input_bytes"))
        }
        let (start, before) = (try counts(), connection.traffic)
        connection.append("SET", ["key", String(repeating: "x", count: 1_000)])
        connection.append("GET", ["key"])
        connection.append("GET", ["missing"])
        connection.append("BLPOP", ["missing", "0.001"])
        connection.append("INCRBY", ["counter", "-1200"])
        connection.append("EVAL", ["return {1, 'two', {-3, false}, redis.status_reply('FINE')}", "0"])
        connection.append("NOSUCHCOMMAND", [])
        for _ in 0..<6 { _ = try connection.receive() }
        #expect(throws: RedisError.self) { _ = try connection.receive() }
        let sent = connection.traffic - before
        let end = try counts()
        // The server adds a reply to its count when it is written: the first INFO's is in the difference, the last one's
        // is not; and a command when it is read, which is the other way round.
        let infoReply = (connection.traffic - before).bytesIn - sent.bytesIn
        let infoCommand = (connection.traffic - before).bytesOut - sent.bytesOut
        #expect(end.bytesOut - start.bytesOut == sent.bytesOut + infoCommand)
        #expect(
            abs(end.bytesIn - start.bytesIn - sent.bytesIn - infoReply) <= 4,
            "INFO's own length varies by a digit or two")
    }
}
