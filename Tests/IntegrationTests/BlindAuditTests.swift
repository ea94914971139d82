import Redis
import TestSupport
import Testing

/// The audit is not blind: whoever meddles with a queue behind its back is found out.
@Suite struct BlindAuditTests {
    private enum Meddling: String, CaseIterable {
        case remove, double, forge

        /// Does it to one task that waits.
        func carryOut(on connection: RedisConnection, _ key: String) throws {
            switch self {
            case .remove:
                #expect(try !connection.call("RPOP", key).isNull)
            case .double:
                try push(connection.call("LINDEX", key, "-1").bytes(), to: key, connection)
            case .forge:
                var element = try connection.call("LINDEX", key, "-1").bytes()
                // Another producer's task, as far as its id says.
                for byte in 1...8 { element[byte] ^= 0xFF }
                try push(element, to: key, connection)
            }
        }

        private func push(_ element: [UInt8], to key: String, _ connection: RedisConnection) throws {
            connection.append { writer in
                writer.command("RPUSH", arguments: 2)
                writer.argument(key)
                writer.argument(element)
            }
            _ = try connection.receive()
        }
    }

    @Test(arguments: ["remove", "double", "forge"]) func meddlingIsFoundOut(name: String) throws {
        let meddling = try #require(Meddling(rawValue: name))
        let server = try TestServer.own()
        let run = try RunUnderTest([
            "--redis", "\(server.endpoint)", "--tasks", "200", "--mix", "sleep:ms=5", "--workers", "1", "--claim", "8",
        ])
        try run.awaitAttempts(5)
        let connection = try RedisConnection(to: server.endpoint)
        let key = try connection.call("KEYS", "*:pending").text(at: 0)
        try meddling.carryOut(on: connection, key)
        let ending = try run.end(exitCode: meddling == .remove ? 1 : 0)
        let summary = try run.summary()
        #expect(try summary.count("lost") == (meddling == .remove ? 1 : 0))
        #expect(try summary.count("duplicated") == (meddling == .double ? 1 : 0))
        #expect(try summary.count("unexpected") == (meddling == .forge ? 1 : 0))
        #expect(try summary.count("sent") == 200)
        if meddling == .remove { #expect(ending.errorLines.last == "fibq: 1 acknowledged tasks are lost") }
    }
}
