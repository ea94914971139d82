import Redis
import Testing

/// What a server says of itself.
@Suite struct RedisServerInfoTests {
    private let info = RedisServerInfo(
        parsing: """
            # Server\r
            redis_version:6.0.16\r
            run_id:abc\r
            executable:/usr/bin:odd/redis-server\r
            \r
            # Replication\r
            master_replid:def\r
            maxmemory_policy:allkeys-lru\r
            mem_fragmentation_ratio:1.25\r
            connected_clients:3\r
            no line of INFO
            """)

    @Test func readsFields() {
        #expect(info.version == "6.0.16")
        #expect(info.release == (6, 0))
        #expect(info.runID == "abc")
        #expect(info.replicationID == "def")
        #expect(info.evictionPolicy == "allkeys-lru")
        #expect(info.integer("connected_clients") == 3)
        #expect(info.integer("missing") == 0)
        #expect(info.number("mem_fragmentation_ratio") == 1.25)
        #expect(info.fields["executable"] == "/usr/bin:odd/redis-server")
        #expect(info.fields.count == 7)
    }

    @Test(arguments: ["6.0.16", "5.0.0", "2.8", "", "unknown"])
    func anOldServerIsRefused(version: String) {
        let old = RedisServerInfo(parsing: "redis_version:\(version)\r\n")
        #expect(throws: RedisError.serverTooOld(version: version, needed: "6.2")) { try old.requireSupportedVersion() }
    }

    @Test(arguments: ["6.2.0", "6.2", "7.0.15", "8.10.1", "10.0"])
    func aNewOneIsNot(version: String) throws {
        try RedisServerInfo(parsing: "redis_version:\(version)\r\n").requireSupportedVersion()
    }
}
