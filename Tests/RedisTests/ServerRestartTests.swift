import Foundation
import Redis
import TestSupport
import Testing

/// Servers that are killed and come back.
@Suite struct ServerRestartTests {
    @Test func aRestartKeepsSocketAndDataButNotTheProcess() throws {
        let server = try TestServer.own(durability: .always)
        let (endpoint, folder, processID) = (server.endpoint, server.folder, server.processID)
        let connection = try RedisConnection(to: endpoint)
        _ = try connection.call("SET", "key", "kept")
        try server.kill()
        #expect(kill(processID, 0) == -1)
        #expect(throws: RedisError.self) { _ = try connection.call("PING") }
        #expect(throws: RedisError.self) { try connection.reconnect() }
        try server.restart()
        #expect(server.endpoint == endpoint)
        #expect(server.folder == folder)
        #expect(server.processID != processID)
        try connection.reconnect()
        #expect(connection.server.integer("process_id") == Int(server.processID))
        #expect(try connection.call("GET", "key").text() == "kept")
    }

    @Test func restartKillsTheOneThatRuns() throws {
        let server = try TestServer.own(durability: .always, acceptsReplicas: true)
        for _ in 0..<3 {
            let processID = server.processID
            try server.restart()
            #expect(kill(processID, 0) == -1)
        }
    }

    @Test func killingTwiceIsKillingOnce() throws {
        let server = try TestServer.own()
        try server.kill()
        try server.kill()
        try server.restart()
        _ = try RedisConnection(to: server.endpoint)
    }

    @Test func withoutDurabilityNothingComesBack() throws {
        let server = try TestServer.own()
        _ = try RedisConnection(to: server.endpoint).call("RPUSH", "tasks", "1", "2", "3")
        try server.restart()
        #expect(try RedisConnection(to: server.endpoint).call("DBSIZE").integer() == 0)
    }

    @Test func aServerThatIsDownLeavesNothingEither() throws {
        let server = try TestServer.own(durability: .always, isPowerCutReady: true)
        try server.cutPower()
        server.stop()
        #expect(!FileManager.default.fileExists(atPath: server.folder))
        #expect(throws: RedisError.self) { try server.restart() }
        #expect(throws: RedisError.self) { try server.kill() }
    }

    @Test func aRestartThatFailsSaysWhy() throws {
        let server = try TestServer.own(durability: .always)
        _ = try RedisConnection(to: server.endpoint).call("SET", "key", "value")
        try server.kill()
        let manifest = "\(server.folder)/appendonlydir/appendonly.aof.manifest"
        try "not a manifest\n".write(toFile: manifest, atomically: false, encoding: .utf8)
        let error = #expect(throws: RedisError.self) { try server.restart() }
        #expect("\(String(describing: error))".contains("manifest"), "\(String(describing: error))")
    }

    /// Redis rewrites its file in a process that it forks, which would go on writing without it.
    @Test func aRewriteEndsWithItsServer() throws {
        let server = try TestServer.own(durability: .always, settings: [("rdb-key-save-delay", "100000")])
        let connection = try RedisConnection(to: server.endpoint)
        for number in 0..<100 { _ = try connection.call("SET", "\(number)", "value") }
        _ = try connection.call("BGREWRITEAOF")
        let child = try #require(children(of: server.processID).first)
        try server.kill()
        #expect(eventually { kill(child, 0) == -1 || isZombie(child) })
    }

    private func stat(_ process: some StringProtocol) -> [Substring] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return text.split(separator: ")").last?.split(separator: " ") ?? []
    }

    private func children(of parent: pid_t) -> [pid_t] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { pid_t($0) }.filter { stat("\($0)").dropFirst().first == "\(parent)" }
    }

    private func isZombie(_ process: pid_t) -> Bool { stat("\(process)").first == "Z" }
}
