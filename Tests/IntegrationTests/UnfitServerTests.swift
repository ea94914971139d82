import Foundation
import Redis
import TestSupport
import Testing

/// Servers that can't be reached, or must not be used. Every part says so in one line.
@Suite struct UnfitServerTests {
    private static let parts = [
        ["run", "--tasks", "10", "--out", "out"], ["worker"], ["load", "--tasks", "10"], ["monitor"],
    ]

    @Test(arguments: parts) func anUnreachableServerEndsWith69(part: [String]) throws {
        try expectRefusal(of: part, "redis://127.0.0.1:1", "redis://127.0.0.1:1: Connection refused")
        try expectRefusal(of: part, "unix:///no/such/socket", "cannot reach Redis at unix:///no/such/socket")
    }

    @Test(arguments: parts) func aWrongPasswordEndsWith69AndIsNotPrinted(part: [String]) throws {
        let terminals = try Terminals(settings: [("port", "\(Self.freePort)"), ("bind", "127.0.0.1")])
        let port = try terminals.connection.call("CONFIG", "GET", "port").text(at: 1)
        _ = try terminals.connection.call("CONFIG", "SET", "requirepass", "secret")
        for url in ["redis://127.0.0.1:\(port)", "redis://:wr0ng@127.0.0.1:\(port)"] {
            try expectRefusal(of: part, url, "refused the user or password")
        }
    }

    @Test(arguments: parts) func aServerThatMayEvictEndsWith69(part: [String]) throws {
        let terminals = try Terminals(settings: [("maxmemory-policy", "allkeys-lru")])
        try expectRefusal(of: part, terminals.address, "maxmemory-policy is allkeys-lru")
    }

    @Test func aDurabilityThatTheServerContradictsIsRefused() throws {
        let terminals = try Terminals()
        let ending = try terminals.start("run", "--tasks", "10", "--durability", "always", "--out", "out").end()
        #expect(ending.exitCode == 64)
        #expect(ending.errorLines.count == 1)
        #expect(ending.errors.contains("say --durability none, or change the server"), "\(ending.errors)")
        #expect(try terminals.keys() == [])
    }

    /// The password travels to the workers, and to nobody's command line or file.
    @Test func aRunOnAServerWithAPasswordKeepsIt() throws {
        let terminals = try Terminals(settings: [("port", "\(Self.freePort)"), ("bind", "127.0.0.1")])
        let port = try terminals.connection.call("CONFIG", "GET", "port").text(at: 1)
        _ = try terminals.connection.call("CONFIG", "SET", "requirepass", "s3cret")
        let ending = try FibqProgram.run(
            ["run", "--redis", "redis://:s3cret@127.0.0.1:\(port)", "--tasks", "100", "--out", "out"],
            in: terminals.folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        let out = terminals.folder.path(of: "out")
        for file in try FileManager.default.contentsOfDirectory(atPath: out) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(out)/\(file)"))
            #expect(bytes.range(of: Data("s3cret".utf8)) == nil, "\(file) holds the password")
        }
    }

    private func expectRefusal(
        of part: [String], _ url: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(part + ["--redis", url], in: folder.path)
        #expect(ending.exitCode == 69, sourceLocation: sourceLocation)
        #expect(ending.errorLines.count == 1, "\(ending.errors)", sourceLocation: sourceLocation)
        #expect(ending.errors.contains(message), "\(ending.errors)", sourceLocation: sourceLocation)
        #expect(!ending.errors.contains("wr0ng"), sourceLocation: sourceLocation)
        #expect(!FileManager.default.fileExists(atPath: folder.path(of: "out")), sourceLocation: sourceLocation)
    }

    /// A port of the range that nothing is given by itself.
    private static var freePort: Int { Int.random(in: 20_000..<30_000) }

    /// A backlog that does not fit ends the run, with what was measured, and leaves nothing on the server.
    @Test func aBacklogThatDoesNotFitEndsTheRun() throws {
        let server = try TestServer.own(settings: [("maxmemory", "3mb")])
        let run = try RunUnderTest(["--tasks", "200000", "--redis", "\(server.endpoint)"])
        let ending = try run.end(exitCode: 1)
        #expect(ending.errors.contains("over its memory limit"), "\(ending.errors)")
        let summary = try run.summary()
        #expect(try summary.count("lost") == 0 && summary.count("unexpected") == 0)
        #expect(try summary.count("left_in_redis") == summary.count("sent"))
        #expect(try RedisConnection(to: server.endpoint).call("DBSIZE").integer() == 0)
    }
}
