import Glibc
import Processes
import Redis
import TestSupport
import Testing

/// Connections: making, losing and remaking them.
@Suite struct RedisConnectionTests {
    private let impatient = RedisSettings(connectTimeout: .milliseconds(300), commandTimeout: .milliseconds(300))

    @Test func knowsItsServer() throws {
        let server = try TestServer.shared()
        let connection = try RedisConnection(to: server.endpoint)
        #expect(connection.server.release >= (6, 2))
        #expect(connection.server.runID.count == 40)
        #expect(connection.server.replicationID.count == 40)
        #expect(connection.server.integer("process_id") == Int(server.processID))
        #expect(try connection.call("CLIENT", "ID").integer() == connection.clientID)
    }

    @Test func selectsItsDatabase() throws {
        var endpoint = try TestServer.shared().endpoint
        let key = TestServer.uniqueName()
        endpoint.database = 5
        let fifth = try RedisConnection(to: endpoint)
        _ = try fifth.call("SET", key, "here")
        let first = try RedisConnection(to: TestServer.shared().endpoint)
        #expect(try first.call("GET", key).isNull)
        try fifth.reconnect()
        #expect(try fifth.call("GET", key).text() == "here")
        endpoint.database = 99
        #expect(throws: RedisError.self) { try RedisConnection(to: endpoint) }
    }

    @Test func authenticates() throws {
        let server = try TestServer.own()
        let admin = try RedisConnection(to: server.endpoint)
        _ = try admin.call("CONFIG", "SET", "requirepass", "open sesame")
        _ = try admin.call("ACL", "SETUSER", "ann", "on", ">secret", "~*", "+@all")
        func connect(_ user: String?, _ password: String?) throws -> String {
            var endpoint = server.endpoint
            (endpoint.user, endpoint.password) = (user, password)
            return try RedisConnection(to: endpoint).call("ACL", "WHOAMI").text()
        }
        #expect(try connect(nil, "open sesame") == "default")
        #expect(try connect("ann", "secret") == "ann")
        for (user, password) in [(nil, nil), (nil, "wrong"), ("ann", "wrong"), ("bob", "secret")]
            as [(String?, String?)]
        {
            let error = #expect(throws: RedisError.self) { try connect(user, password) }
            guard case .notAuthenticated(_, let words)? = error else {
                Issue.record("\(user ?? "default") \(password ?? "none"): \(String(describing: error))")
                continue
            }
            #expect(words.contains("WRONGPASS") || words.contains("NOAUTH"))
            #expect(error.map { "\($0)".contains("wrong\"") } == false)
        }
    }

    @Test func aPasswordThatNobodyAskedForIsRefused() throws {
        var endpoint = try TestServer.shared().endpoint
        endpoint.password = "useless"
        let error = #expect(throws: RedisError.self) { try RedisConnection(to: endpoint) }
        guard case .notAuthenticated? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aServerWithoutRoomIsNotAWrongPassword() throws {
        let server = try TestServer.own(settings: [("maxclients", "1")])
        let only = try RedisConnection(to: server.endpoint)
        let error = #expect(throws: RedisError.self) { try RedisConnection(to: server.endpoint) }
        // It says so and hangs up; which of the two is seen first is a race.
        if case .notAuthenticated? = error { Issue.record("taken for a wrong password") }
        #expect(try only.call("PING").text() == "PONG")
    }

    @Test func whatIsNotThereIsUnreachable() {
        for address in [RedisEndpoint.Address.unixSocket(path: "/no/such.sock"), .tcp(host: "127.0.0.1", port: 1)] {
            let error = #expect(throws: RedisError.self) { try RedisConnection(to: RedisEndpoint(address)) }
            guard case .unreachable? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(error?.isConnectionLost == true)
        }
    }

    @Test func aStoppedServerTimesOutAndCanBeReachedAgain() throws {
        let server = try TestServer.own()
        let connection = try RedisConnection(to: server.endpoint, settings: impatient)
        server.send(signal: SIGSTOP)
        let error = #expect(throws: RedisError.self) { _ = try connection.call("PING") }
        #expect(error?.isConnectionLost == true)
        // Nothing is sent over a connection whose state is unknown.
        #expect(throws: RedisError.self) { _ = try connection.call("PING") }
        server.send(signal: SIGCONT)
        try connection.reconnect(Backoff())
        #expect(try connection.call("PING").text() == "PONG")
        // The time limit holds on the new connection too.
        server.send(signal: SIGSTOP)
        #expect(throws: RedisError.self) { _ = try connection.call("PING") }
        server.send(signal: SIGCONT)
    }

    @Test func aKilledConnectionIsLostAndNothingIsSentAgain() throws {
        let server = try TestServer.own()
        let connection = try RedisConnection(to: server.endpoint)
        let other = try RedisConnection(to: server.endpoint)
        _ = try other.call("CLIENT", "KILL", "ID", String(connection.clientID))
        let error = #expect(throws: RedisError.self) { _ = try connection.call("INCR", "counter") }
        #expect(error?.isConnectionLost == true)
        let before = connection.clientID
        try connection.reconnect()
        #expect(connection.clientID != before)
        #expect(try connection.call("GET", "counter").isNull)
    }

    @Test func theOwnersGreetingComesFirstOnEachConnection() throws {
        let server = try TestServer.own()
        let connection = try RedisConnection(to: server.endpoint) { connection throws(RedisError) in
            _ = try connection.call("INCR", "greetings")
        }
        #expect(try connection.call("GET", "greetings").text() == "1")
        try connection.reconnect()
        #expect(try connection.call("GET", "greetings").text() == "2")
        #expect(throws: RedisError.server(words: "ERR refused")) {
            try RedisConnection(to: server.endpoint) { _ throws(RedisError) in throw .server(words: "ERR refused") }
        }
    }

    @Test func reconnectsToAServerThatComesBack() throws {
        let folder = try TestServer.own(durability: .always)
        let connection = try RedisConnection(to: folder.endpoint)
        guard case .unixSocket(let socket) = folder.endpoint.address else { return }
        let runID = connection.server.runID
        _ = try connection.call("SET", "key", "kept")
        kill(folder.processID, SIGKILL)
        #expect(throws: RedisError.self) { _ = try connection.call("PING") }
        // A while nobody answers, then a new server on the same socket and the same files.
        let program = try ExecutableSearch.path(of: "redis-server")
        let starter = try ChildProcess(
            executable: "/bin/sh",
            arguments: [
                "-c", "sleep 0.2; exec \"$0\" \"$@\" >/dev/null", program, "--port", "0", "--unixsocket", socket,
                "--dir", folder.folder, "--appendonly", "yes", "--save", "",
            ])
        defer { starter.stop(grace: .seconds(10)) }
        try connection.reconnect(Backoff())
        #expect(connection.server.runID != runID)
        #expect(try connection.call("GET", "key").text() == "kept")
    }

    @Test func reconnectingEndsWhenItIsToldTo() throws {
        let server = try TestServer.own()
        let connection = try RedisConnection(to: server.endpoint)
        server.stop()
        var asked = 0
        let error = #expect(throws: RedisError.self) {
            try connection.reconnect(
                Backoff(first: .milliseconds(1)),
                while: {
                    asked += 1
                    return asked < 3
                })
        }
        #expect(asked == 3)
        #expect(error?.isConnectionLost == true)
        let short = Backoff(first: .milliseconds(1), total: .milliseconds(5))
        #expect(throws: RedisError.self) { try connection.reconnect(short) }
    }

    @Test func errorsSayWhatToDo() {
        #expect("\(RedisError.serverTooOld(version: "5", needed: "6.2"))".contains("6.2"))
        #expect("\(RedisError.invalidURL(text: "x", reason: "y"))".contains("redis://"))
        #expect(RedisError.server(words: "OOM command not allowed").serverCode == "OOM")
        #expect(RedisError.privateServer(reason: "x").serverCode == nil)
    }
}
