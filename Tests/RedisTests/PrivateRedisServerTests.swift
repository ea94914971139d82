import Foundation
import Processes
import Redis
import TestSupport
import Testing

/// Servers of our own: as configured, and gone without a trace.
@Suite struct PrivateRedisServerTests {
    private func setting(_ name: String, of server: PrivateRedisServer) throws -> String {
        try RedisConnection(to: server.endpoint).call("CONFIG", "GET", name).text(at: 1)
    }

    private func isGone(_ processID: pid_t, _ folder: String) -> Bool {
        // The shell reaps its server, so that no zombie answers.
        kill(processID, 0) == -1 && !FileManager.default.fileExists(atPath: folder)
    }

    @Test(arguments: [(Durability.none, "no", nil), (.everysec, "yes", "everysec"), (.always, "yes", "always")])
    func isAsDurableAsAskedFor(durability: Durability, appendOnly: String, sync: String?) throws {
        let server = try TestServer.own(durability: durability)
        #expect(try setting("appendonly", of: server) == appendOnly)
        if let sync { #expect(try setting("appendfsync", of: server) == sync) }
        #expect(try setting("save", of: server).isEmpty)
        #expect(try setting("maxmemory-policy", of: server) == "noeviction")
        #expect(try setting("port", of: server) == "0")
    }

    @Test func takesFurtherSettings() throws {
        let server = try TestServer.own(settings: [("maxmemory", "5mb"), ("hz", "50")])
        #expect(try setting("maxmemory", of: server) == "5242880")
        #expect(try setting("hz", of: server) == "50")
    }

    @Test func stopLeavesNothing() throws {
        let server = try TestServer.own(durability: .always)
        #expect(FileManager.default.fileExists(atPath: server.folder))
        server.stop()
        #expect(isGone(server.processID, server.folder))
        server.stop()
        #expect(throws: RedisError.self) { try RedisConnection(to: server.endpoint) }
    }

    @Test func aStoppedServerCanBePausedNoMore() throws {
        let server = try TestServer.own()
        server.send(signal: SIGSTOP)
        server.stop()
        #expect(isGone(server.processID, server.folder))
    }

    @Test func theLastReferenceTakesTheServerAlong() throws {
        var server: PrivateRedisServer? = try TestServer.own()
        let processID = try #require(server?.processID)
        let folder = try #require(server?.folder)
        server = nil
        #expect(isGone(processID, folder))
    }

    @Test func aKilledServerLeavesNoFolderEither() throws {
        let server = try TestServer.own()
        server.send(signal: SIGKILL)
        server.stop()
        #expect(isGone(server.processID, server.folder))
    }

    @Test func aServerThatDoesNotStartSaysWhy() {
        let error = #expect(throws: RedisError.self) { try PrivateRedisServer(settings: [("no-such-setting", "1")]) }
        guard case .privateServer(let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("no-such-setting") || reason.contains("Bad directive"), "\(reason)")
        // Its shell was reaped: other tests' shells come and go, but one that nobody waits for would stay.
        #expect(eventually { !hasZombie("sh") })
    }

    /// True while a child of this process has ended and was not reaped.
    private func hasZombie(_ name: String) -> Bool {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.contains { process in
            let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            return stat.contains(" (\(name)) Z \(getpid()) ")
        }
    }

    /// What a child does with its server before it is killed.
    enum LastAct: String, CaseIterable, Codable {
        case start, restart, kill, powerCut
    }

    @Test(arguments: LastAct.allCases) func aKilledOwnerLeavesNothing(act: LastAct) async throws {
        let note = FileManager.default.temporaryDirectory.appendingPathComponent(TestServer.uniqueName()).path
        await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String, act = act as LastAct] in
            try Self.startAndDie(note, after: act)
        }
        let text = try String(contentsOfFile: note, encoding: .utf8)
        try FileManager.default.removeItem(atPath: note)
        let parts = text.split(separator: "\n")
        let processID = try #require(parts.first.flatMap { pid_t($0) })
        #expect(goes(processID, String(parts[1])))
    }

    private static func startAndDie(_ note: String, after act: LastAct) throws {
        let server = try PrivateRedisServer(durability: .always, isPowerCutReady: act == .powerCut)
        switch act {
        case .start: break
        case .restart: try server.restart()
        case .kill: try server.kill()
        case .powerCut: try server.cutPower()
        }
        try "\(server.processID)\n\(server.folder)\n".write(toFile: note, atomically: true, encoding: .utf8)
        raise(SIGKILL)
        server.stop()
    }

    private func goes(_ processID: pid_t, _ folder: String) -> Bool {
        eventually { isGone(processID, folder) }
    }
}
