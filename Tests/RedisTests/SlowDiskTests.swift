import Foundation
import Redis
import TestSupport
import Testing

/// What a mere SIGKILL takes when the disk is slow or full, though the kernel keeps whatever was written.
///
/// While a sync is under way in the background, `everysec` puts off writing, by one to two seconds, and answers all the
/// same: what it has acknowledged meanwhile is in the process only (`flushAppendOnlyFile` in Redis' aof.c).
@Suite struct SlowDiskTests {
    /// The one moment in which nothing is put off may be the kill's: so it is tried until something is lost.
    @Test func aSlowSyncMakesEverysecLoseAcknowledgedPushesInASIGKILL() throws {
        var lost = 0
        for _ in 0..<20 where lost == 0 {
            let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
            try server.slowDown(fsync: .milliseconds(1_500))
            let load = PushLoad(to: server.endpoint, key: "tasks", batch: 16)
            let connection = try RedisConnection(to: server.endpoint)
            #expect(try eventually { try pendingSyncs(connection) > 0 })
            #expect(load.awaitAcknowledged(load.acknowledged + 1_000))
            try server.kill()
            try server.restart()
            let (count, left) = (load.end(), try PushSurvivors(of: load.key, at: server.endpoint))
            #expect(left.isPrefix, "\(left) of \(count)")
            lost = left.lost(of: count)
        }
        #expect(lost > 0)
    }

    @Test func withoutASyncUnderWayEverysecLosesNothingInASIGKILL() throws {
        var kills = 0
        while kills < 3 {
            let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
            let load = PushLoad(to: server.endpoint, key: "tasks", batch: 16)
            #expect(load.awaitAcknowledged(1_000))
            let connection = try RedisConnection(to: server.endpoint)
            let isQuiet = try killBetweenSyncs(server, load, connection)
            try server.restart()
            let (count, left) = (load.end(), try PushSurvivors(of: load.key, at: server.endpoint))
            #expect(left.isPrefix, "\(left) of \(count)")
            guard isQuiet else { continue }
            #expect(left.lost(of: count) == 0, "\(left) of \(count)")
            kills += 1
        }
    }

    /// Kills the server; true when no sync can have been under way. One begins with the first push in a second of the clock,
    /// and no other in that second: so one must have ended in the same second in which the server has.
    private func killBetweenSyncs(
        _ server: PrivateRedisServer, _ load: PushLoad, _ connection: RedisConnection
    ) throws -> Bool {
        var second = 0
        let isQuiet = try eventually {
            second = time(nil)
            // Two pipelines: the second one was sent, and answered, in this second.
            return try load.awaitAcknowledged(load.acknowledged + 32) && pendingSyncs(connection) == 0
                && time(nil) == second
        }
        #expect(isQuiet)
        try server.kill()
        return time(nil) == second
    }

    @Test func aSlowSyncMakesAlwaysSlowAndNothingElse() throws {
        let server = try TestServer.own(durability: .always, isPowerCutReady: true)
        try server.slowDown(fsync: .milliseconds(20))
        let before = try server.syncActivity()
        let load = PushLoad(to: server.endpoint, key: "tasks", batch: 16)
        #expect(load.awaitAcknowledged(160))
        try server.cutPower()
        let activity = try server.syncActivity()
        #expect(activity.syncs - before.syncs >= 10)
        #expect(activity.time - before.time >= .milliseconds(200))
        try server.restart()
        let (count, left) = (load.end(), try PushSurvivors(of: load.key, at: server.endpoint))
        #expect(left.lost(of: count) == 0 && left.count <= count.sent && left.isPrefix, "\(left) of \(count)")
    }

    @Test func onAFullDiskEverysecRefusesWritesAndLosesTheOneThatItAcknowledged() throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let connection = try RedisConnection(to: server.endpoint)
        _ = try connection.call("RPUSH", "tasks", "1")
        // While a sync is under way, writing would be put off, and more than one push acknowledged.
        #expect(try eventually { try server.unsyncedBytes() == 0 && pendingSyncs(connection) == 0 })
        try server.fillDisk(true)
        // The write that finds the disk full is tried after its command was carried out, and its reply goes out.
        _ = try connection.call("RPUSH", "tasks", "2")
        let error = #expect(throws: RedisError.self) { _ = try connection.call("RPUSH", "tasks", "3") }
        #expect(error?.serverCode == "MISCONF")
        #expect(try connection.call("LLEN", "tasks").integer() == 2)
        try server.kill()
        try server.fillDisk(false)
        try server.restart()
        #expect(try PushSurvivors(of: "tasks", at: server.endpoint).count == 1)
    }

    @Test func everysecGoesOnWhenThereIsRoomAgain() throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let connection = try RedisConnection(to: server.endpoint)
        try server.fillDisk(true)
        _ = try connection.call("RPUSH", "tasks", "1")
        try server.fillDisk(false)
        #expect(eventually { (try? connection.call("RPUSH", "tasks", "2")) != nil })
        // Without a sync under way, what was put off is written before this is answered.
        #expect(try eventually { try pendingSyncs(connection) == 0 })
        try server.kill()
        try server.restart()
        #expect(try PushSurvivors(of: "tasks", at: server.endpoint).count == 2)
    }

    @Test func onAFullDiskAlwaysEndsRatherThanAcknowledge() throws {
        let server = try TestServer.own(durability: .always, isPowerCutReady: true)
        let connection = try RedisConnection(to: server.endpoint)
        _ = try connection.call("RPUSH", "tasks", "1")
        try server.fillDisk(true)
        let error = #expect(throws: RedisError.self) { _ = try connection.call("RPUSH", "tasks", "2") }
        #expect(error?.isConnectionLost == true)
        try server.fillDisk(false)
        try server.restart()
        #expect(try PushSurvivors(of: "tasks", at: server.endpoint).count == 1)
    }

    private func pendingSyncs(_ connection: RedisConnection) throws -> Int {
        try RedisServerInfo(parsing: connection.call("INFO", "persistence").text()).integer("aof_pending_bio_fsync")
    }
}
