import Redis
import ReliableQueue
import TestSupport
import Testing

/// The rights that are printed for a queue. That they are enough, ``ConformanceTests`` shows with users that have no others.
@Suite struct QueueRightsTests {
    private static func rights(_ queueProtocol: QueueProtocol, at url: String, queue: String = "q") throws
        -> QueueRights
    {
        QueueRights(for: QueueConfiguration(queueProtocol, at: try RedisEndpoint(url: url), name: queue))
    }

    @Test func theyAreForTheKeysOfTheQueueAlone() throws {
        #expect(
            try Self.rights(.lease, at: "redis://h", queue: "a*b?").rules.prefix(5) == [
                "resetkeys", #"~{a\*b\?}:*"#, #"~{a\*b\?/*}:*"#, "resetchannels", "-@all",
            ])
    }

    @Test func clientsOfAClusterAskForItsMap() throws {
        #expect(try Self.rights(.lease, at: "cluster://h").commands.contains("cluster|slots"))
        #expect(try !Self.rights(.lease, at: "sentinel://h/m").commands.contains("cluster|slots"))
    }

    /// Without any one of them something that a queue does is refused.
    @Test(arguments: QueueProtocol.allCases) func noneIsTooMany(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(queueProtocol, on: server) { $0.mostFailures = 2 }
        _ = try test.raw.call("CONFIG", "RESETSTAT")
        try DayInTheLife(of: test).run()
        let statistics = RedisServerInfo(parsing: try test.raw.call("INFO", "commandstats").text())
        let used = Set(statistics.fields.keys.filter { $0.hasPrefix("cmdstat_") }.map { String($0.dropFirst(8)) })
        let unused = Set(QueueRights(for: test.configuration).commands).subtracting(used)
        #expect(unused.isEmpty)
    }
}
