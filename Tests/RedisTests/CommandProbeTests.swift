import Redis
import Synchronization
import TestSupport
import Testing

/// Probes: what happens between two commands of a pipeline, exactly there.
@Suite struct CommandProbeTests {
    /// What the server had when a probe acted: the values of three counters.
    private func countersAtProbe(_ moment: CommandProbe.Moment, _ command: String) throws -> [Int] {
        let server = try TestServer.shared()
        let keys = (0..<3).map { "\(TestServer.uniqueName()):\($0)" }
        let endpoint = server.endpoint
        let seen = Mutex<[Int]>([])
        var settings = RedisSettings()
        settings.part = "part"
        settings.probe = CommandProbe(part: "part", command: command, moment: moment, count: 2) {
            guard let outside = try? RedisConnection(to: endpoint) else { return }
            // What was sent is carried out in time; what was not, never.
            _ = eventually(within: .milliseconds(200)) { Self.values(keys, by: outside).reduce(0, +) > 6 }
            let values = Self.values(keys, by: outside)
            seen.withLock { $0 = values }
        }
        let connection = try RedisConnection(to: server.endpoint, settings: settings)
        for round in 1...3 {
            for (key, name) in zip(keys, ["INCR", "INCRBY", "INCR"]) {
                connection.append(name, name == "INCRBY" ? [key, "1"] : [key])
            }
            for _ in keys { #expect(try connection.receive().integer() == round) }
        }
        for key in keys { _ = try connection.call("DEL", key) }
        return seen.withLock { $0 }
    }

    private static func values(_ keys: [String], by connection: RedisConnection) -> [Int] {
        keys.map { key in (try? Int(connection.call("GET", key).text())) ?? 0 }
    }

    @Test func actsBeforeTheCommand() throws {
        #expect(try countersAtProbe(.before, "INCRBY") == [2, 1, 1])
    }

    @Test(arguments: [CommandProbe.Moment.sent, .after]) func actsBehindTheCommand(moment: CommandProbe.Moment) throws {
        #expect(try countersAtProbe(moment, "INCRBY") == [2, 2, 1])
    }

    /// The second INCR of all is the last command of the first pipeline.
    @Test(arguments: CommandProbe.Moment.allCases) func countsEachCommand(moment: CommandProbe.Moment) throws {
        #expect(try countersAtProbe(moment, "INCR") == [1, 1, moment == .before ? 0 : 1])
    }

    /// A script goes by its name.
    @Test func knowsScripts() throws {
        let server = try TestServer.shared()
        let acted = Atomic(0)
        var settings = RedisSettings()
        settings.probe = CommandProbe(part: "", command: "mine", moment: .sent) {
            acted.add(1, ordering: .relaxed)
        }
        let connection = try RedisConnection(to: server.endpoint, settings: settings)
        let (mine, other) = (
            RedisScript(name: "mine", source: "return 1"), RedisScript(name: "other", source: "return 2")
        )
        #expect(try other.call(on: connection, keys: 0, arguments: 0) { _ in }.integer() == 2)
        #expect(acted.load(ordering: .relaxed) == 0)
        for _ in 0..<3 { #expect(try mine.call(on: connection, keys: 0, arguments: 0) { _ in }.integer() == 1) }
        #expect(acted.load(ordering: .relaxed) == 1)
    }

    /// A connection of a part by itself, whose probe acts everywhere but in the handshake.
    private func connect(
        to server: PrivateRedisServer,
        everywhere action: @escaping @Sendable (String, CommandProbe.Moment) -> CommandProbe.Verdict
    ) throws -> RedisConnection {
        var settings = RedisSettings()
        settings.probe = CommandProbe(
            part: "",
            everywhere: { command, moment in
                ["PING", "INFO", "CLIENT"].contains(command) ? .goesOn : action(command, moment)
            })
        return try RedisConnection(to: server.endpoint, settings: settings)
    }

    /// Each command of a pipeline is answered before the next one is sent.
    @Test func actsEverywhere() throws {
        let server = try TestServer.shared()
        let keys = (0..<2).map { "\(TestServer.uniqueName()):\($0)" }
        let seen = Mutex<[String]>([])
        let connection = try connect(to: server) { [endpoint = server.endpoint] command, moment in
            guard let outside = try? RedisConnection(to: endpoint) else { return .breaks }
            // Of what was sent it can't be told when it is carried out.
            let values = moment == .sent ? "" : " \(Self.values(keys, by: outside))"
            seen.withLock { $0.append("\(moment) \(command)\(values)") }
            return .goesOn
        }
        for key in keys { connection.append(key == keys[0] ? "INCR" : "DECR", [key]) }
        #expect(try keys.map { _ in try connection.receive().integer() } == [1, -1])
        #expect(
            seen.withLock { $0 } == [
                "before INCR [0, 0]", "sent INCR", "after INCR [1, 0]", "before DECR [1, 0]", "sent DECR",
                "after DECR [1, -1]",
            ])
        _ = try connection.call("DEL", keys[0], keys[1])
    }

    /// What was sent is carried out all the same; what was not is dropped, and the next connection is as good as any.
    @Test(arguments: [(CommandProbe.Moment.before, 1), (.sent, 2), (.after, 2)])
    func breaksTheConnection(moment: CommandProbe.Moment, carriedOut: Int) throws {
        let server = try TestServer.shared()
        let key = TestServer.uniqueName()
        let passes = Atomic(0)
        let connection = try connect(to: server) { command, now in
            guard command == "INCR", now == moment else { return .goesOn }
            return passes.add(1, ordering: .relaxed).newValue == 2 ? .breaks : .goesOn
        }
        for _ in 0..<3 { connection.append("INCR", [key]) }
        // The piece with the second command is sent when the first one's reply is read.
        let error = #expect(throws: RedisError.self) { for _ in 0..<3 { _ = try connection.receive() } }
        #expect(error?.isConnectionLost == true)
        let outside = try RedisConnection(to: server.endpoint)
        #expect(eventually { Self.values([key], by: outside) == [carriedOut] })
        try connection.reconnect()
        #expect(try connection.call("INCR", key).integer() == carriedOut + 1)
        _ = try connection.call("DEL", key)
    }

    /// What is held back until a reply was read must not be overtaken by what is appended later.
    @Test func nothingOvertakesWhatIsHeldBack() async {
        await #expect(processExitsWith: .failure) {
            let server = try await onOwnThread { try TestServer.own() }
            try await onOwnThread {
                var settings = RedisSettings()
                settings.probe = CommandProbe(part: "", command: "INCR", moment: .after) {}
                let connection = try RedisConnection(to: server.endpoint, settings: settings)
                connection.append("INCR", ["key"])
                try connection.flush()
                connection.append("GET", ["key"])
                try connection.flush()
            }
        }
    }

    @Test func leavesOtherPartsAlone() throws {
        var settings = RedisSettings()
        settings.part = "this"
        settings.probe = CommandProbe(part: "that", command: "PING", moment: .before) {
            Issue.record("the wrong connection was probed")
        }
        let connection = try RedisConnection(to: TestServer.shared().endpoint, settings: settings)
        #expect(try connection.call("PING").text() == "PONG")
    }
}
