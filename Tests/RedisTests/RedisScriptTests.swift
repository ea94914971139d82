import Redis
import TestSupport
import Testing

/// Scripts by digest.
@Suite struct RedisScriptTests {
    private let key = TestServer.uniqueName()
    private let append = RedisScript(name: "append", source: "return redis.call('APPEND', KEYS[1], ARGV[1])")

    private func run(_ script: RedisScript, on connection: RedisConnection, _ argument: String) throws -> Int {
        try script.call(on: connection, keys: 1, arguments: 1) { writer in
            writer.argument(key)
            writer.argument(argument)
        }.integer()
    }

    @Test func isLoadedAgainWhenTheServerHasForgottenIt() throws {
        let server = try TestServer.own()
        let connection = try RedisConnection(to: server.endpoint)
        #expect(try run(append, on: connection, "ab") == 2)
        let before = connection.traffic.commands
        #expect(try run(append, on: connection, "cd") == 4)
        #expect(connection.traffic.commands - before == 1)
        _ = try connection.call("SCRIPT", "FLUSH")
        #expect(try run(append, on: connection, "ef") == 6)
        #expect(try connection.call("GET", key).text() == "abcdef")
    }

    @Test func inAPipelineItIsTheCallersToLoad() throws {
        let server = try TestServer.own()
        let connection = try RedisConnection(to: server.endpoint)
        append.append(to: connection, keys: 1, arguments: 1) { writer in
            writer.argument(key)
            writer.argument("x")
        }
        let error = #expect(throws: RedisError.self) { _ = try connection.receive() }
        #expect(error?.serverCode == "NOSCRIPT")
        try append.load(on: connection)
        #expect(try run(append, on: connection, "x") == 1)
    }

    @Test func runsOnAFullServerOnlyIfItSaysSo() throws {
        let server = try TestServer.own(settings: [("maxmemory", "3mb")])
        let connection = try RedisConnection(to: server.endpoint)
        while true {
            do {
                _ = try connection.call("RPUSH", "ballast", String(repeating: "x", count: 50_000))
            } catch {
                #expect(error.serverCode == "OOM")
                break
            }
        }
        let allowed = RedisScript(
            name: "append", source: "return redis.call('APPEND', KEYS[1], ARGV[1])", allowsOOM: true)
        #expect(try run(allowed, on: connection, "ab") == 2)
        let error = #expect(throws: RedisError.self) { try run(append, on: connection, "ab") }
        #expect(error?.serverCode == "OOM")
        #expect(try connection.call("GET", key).text() == "ab")
    }
}
