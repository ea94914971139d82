import Foundation
import Redis
import TestSupport
import Testing

/// What is left of acknowledged pushes when the power goes, by durability.
@Suite struct PowerCutTests {
    @Test func alwaysLosesNothing() throws {
        let server = try TestServer.own(durability: .always, isPowerCutReady: true)
        var random = SeededRandom()
        var earlier: [(key: String, count: Int)] = []
        for round in 1...4 {
            let loads = [1, 64].map { PushLoad(to: server.endpoint, key: "\(round):\($0)", batch: $0) }
            #expect(loads[0].awaitAcknowledged(Int.random(in: 1...300, using: &random)))
            try server.cutPower()
            try server.restart()
            for load in loads {
                let (count, left) = (load.end(), try PushSurvivors(of: load.key, at: server.endpoint))
                #expect(left.lost(of: count) == 0, "\(left) of \(count)")
                // One pipeline whose replies nobody saw may be there.
                #expect(left.count <= count.sent && left.isPrefix, "\(left) of \(count)")
                earlier.append((load.key, left.count))
            }
            for (key, count) in earlier {
                #expect(try PushSurvivors(of: key, at: server.endpoint).count == count)
            }
        }
    }

    /// Each rewrite makes new files under temporary names, and removes the old ones, whose inodes are used again.
    @Test func alwaysLosesNothingInTheMidstOfRewrites() throws {
        let server = try TestServer.own(durability: .always, isPowerCutReady: true)
        var random = SeededRandom()
        for round in 1...4 {
            let load = PushLoad(to: server.endpoint, key: "\(round)", batch: 16)
            let connection = try RedisConnection(to: server.endpoint)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                // Refused while one is under way.
                _ = try? connection.call("BGREWRITEAOF")
                usleep(.random(in: 0...15_000, using: &random))
            }
            #expect(load.awaitAcknowledged(200))
            try server.cutPower()
            try server.restart()
            let (count, left) = (load.end(), try PushSurvivors(of: load.key, at: server.endpoint))
            #expect(left.lost(of: count) == 0 && left.isPrefix, "\(left) of \(count)")
        }
    }

    @Test func everysecLosesWhatWasNotSyncedYet() throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let load = PushLoad(to: server.endpoint, key: "tasks", batch: 16)
        #expect(load.awaitAcknowledged(1_000))
        let lostBytes = try server.cutPower()
        try server.restart()
        let (count, left) = (load.end(), try PushSurvivors(of: load.key, at: server.endpoint))
        #expect(lostBytes > 0)
        #expect(left.lost(of: count) > 0 && left.isPrefix, "\(left) of \(count)")
    }

    @Test func whatEverysecHasSyncedIsKept() throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let connection = try RedisConnection(to: server.endpoint)
        for number in 1...100 { _ = try connection.call("RPUSH", "tasks", "\(number)") }
        #expect(try eventually { try server.unsyncedBytes() == 0 })
        #expect(try server.cutPower() == 0)
        try server.restart()
        #expect(try PushSurvivors(of: "tasks", at: server.endpoint).count == 100)
    }

    /// A SIGKILL leaves unsynced bytes with the kernel: a restart reads them, and a power cut after it still takes them.
    @Test func aRestartDoesNotMakeBytesSafe() throws {
        let server = try unsyncing()
        _ = try RedisConnection(to: server.endpoint).call("RPUSH", "tasks", "1", "2", "3")
        try server.restart()
        #expect(try RedisConnection(to: server.endpoint).call("LLEN", "tasks").integer() == 3)
        #expect(try server.cutPower() > 0)
        try server.restart()
        #expect(try RedisConnection(to: server.endpoint).call("LLEN", "tasks").integer() == 0)
    }

    @Test func aHalfWrittenCommandIsDropped() throws {
        let server = try unsyncing()
        let connection = try RedisConnection(to: server.endpoint)
        var ends = [0]
        for number in 1...4 {
            _ = try connection.call("RPUSH", "tasks", "\(number)")
            ends.append(try server.unsyncedBytes())
        }
        let all = try #require(ends.last)
        // From the end backwards: what one cut has taken can't be spared by the next one.
        for spared in [all, all - 1, ends[3], ends[3] - 1, ends[2] + 1, ends[1] + 20, ends[1], ends[1] - 2, 5, 0] {
            _ = try server.cutPower(sparing: spared)
            try server.restart()
            let left = try PushSurvivors(of: "tasks", at: server.endpoint)
            #expect(left.count == ends.dropFirst().count { $0 <= spared } && left.isPrefix, "\(spared) of \(ends)")
        }
    }

    @Test func aHalfWrittenScriptIsDroppedWhole() throws {
        let server = try unsyncing()
        let script = RedisScript(
            name: "pair", source: "redis.call('RPUSH', KEYS[1], '1') redis.call('RPUSH', KEYS[1], '2')")
        let connection = try RedisConnection(to: server.endpoint)
        for key in ["a", "b"] {
            _ = try script.call(on: connection, keys: 1, arguments: 0) { writer in writer.argument(key) }
        }
        // The last command of a script's block is EXEC: without its last byte, nothing in the block counts.
        let unsynced = try server.unsyncedBytes()
        #expect(try server.cutPower(sparing: unsynced - 1) == 1)
        try server.restart()
        #expect(try RedisConnection(to: server.endpoint).call("LLEN", "a").integer() == 2)
        #expect(try RedisConnection(to: server.endpoint).call("EXISTS", "b").integer() == 0)
    }

    /// It writes and never syncs what it writes.
    private func unsyncing() throws -> PrivateRedisServer {
        try TestServer.own(durability: .everysec, settings: [("appendfsync", "no")], isPowerCutReady: true)
    }
}
