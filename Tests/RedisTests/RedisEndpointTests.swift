import Redis
import Testing

/// Addresses as users write them.
@Suite struct RedisEndpointTests {
    private typealias Address = RedisEndpoint.Address

    private static var watched: RedisEndpoint {
        var endpoint = RedisEndpoint(
            .sentinel(master: "a/b c", at: [RedisHost("h", port: 1), RedisHost("::1", port: 2)]), user: "ann",
            password: "s@,", database: 2)
        (endpoint.sentinelUser, endpoint.sentinelPassword) = ("bob", "p&w=1")
        return endpoint
    }

    @Test(arguments: [
        ("redis://localhost", RedisEndpoint(.tcp(host: "localhost", port: 6379))),
        ("redis://10.0.0.1:7000/3", RedisEndpoint(.tcp(host: "10.0.0.1", port: 7000), database: 3)),
        ("redis://localhost/", RedisEndpoint(.tcp(host: "localhost", port: 6379))),
        ("redis://[::1]:7000", RedisEndpoint(.tcp(host: "::1", port: 7000))),
        ("redis://:secret@h", RedisEndpoint(.tcp(host: "h", port: 6379), password: "secret")),
        (
            "redis://ann:s%40%2Fc@h:1/2",
            RedisEndpoint(.tcp(host: "h", port: 1), user: "ann", password: "s@/c", database: 2)
        ),
        ("unix:///tmp/redis.sock", RedisEndpoint(.unixSocket(path: "/tmp/redis.sock"))),
        ("unix:///tmp/redis.sock?db=4", RedisEndpoint(.unixSocket(path: "/tmp/redis.sock"), database: 4)),
        ("redis+unix:///r.sock", RedisEndpoint(.unixSocket(path: "/r.sock"))),
        ("unix://:secret@/r.sock", RedisEndpoint(.unixSocket(path: "/r.sock"), password: "secret")),
        ("/tmp/bare path.sock", RedisEndpoint(.unixSocket(path: "/tmp/bare path.sock"))),
        ("sentinel://h/m", RedisEndpoint(.sentinel(master: "m", at: [RedisHost("h", port: 26_379)]))),
        (
            "sentinel://ann:s%40@h:1,[::1]:2,i/my%20m/3",
            RedisEndpoint(
                .sentinel(
                    master: "my m",
                    at: [RedisHost("h", port: 1), RedisHost("::1", port: 2), RedisHost("i", port: 26_379)]),
                user: "ann", password: "s@", database: 3)
        ),
        ("cluster://h,i:7", RedisEndpoint(.cluster(at: [RedisHost("h", port: 6379), RedisHost("i", port: 7)]))),
        (
            "cluster://:a%2Cb@[::1]:7/",
            RedisEndpoint(.cluster(at: [RedisHost("::1", port: 7)]), password: "a,b")
        ),
    ])
    func parses(text: String, expected: RedisEndpoint) throws {
        #expect(try RedisEndpoint(url: text) == expected)
    }

    @Test(arguments: [
        ("", "scheme"), ("localhost:6379", "scheme 'localhost'"), ("http://localhost", "scheme 'http'"),
        ("rediss://localhost", "TLS"), ("redis://", "host"), ("redis://h:0", "port"), ("redis://h:65536", "port"),
        ("redis://h/abc", "'abc'"), ("redis://h/-1", "'-1'"), ("redis://h/1/2", "'1/2'"), ("unix://", "socket path"),
        ("unix:///s?db=x", "'x'"), ("redis://secret@h", "without a password"), ("sentinel://h", "which master"),
        ("sentinel:///m", "no host"),
        ("sentinel://h,/m", "'' is not host:port"), ("sentinel://h:x/m", "'h:x'"), ("sentinel://h/m/x", "'x'"),
        ("sentinel://h/m?timeout=1", "'timeout'"), ("cluster://h:0", "'h:0'"), ("cluster://h/1", "no database"),
        ("cluster://ann@h", "without a password"), ("cluster://:s3cret/x@h", "%2F"),
        ("sentinel://h/m?sentinel_user=bob", "sentinel_user without"), ("cluster://[::1", "'[::1'"),
    ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: RedisError.self) { try RedisEndpoint(url: text) }
        guard case .invalidURL(let refused, let words)? = error else {
            Issue.record("\(text): \(String(describing: error))")
            return
        }
        #expect(refused == text)
        #expect(words.contains(reason), "\(text): \(words)")
    }

    @Test func aRefusedAddressDoesNotTellItsPassword() {
        let error = #expect(throws: RedisError.self) { try RedisEndpoint(url: "redis://ann:hunter2@h:0") }
        #expect(error.map { "\($0)".contains("hunter2") } == false)
        #expect(error.map { "\($0)".contains("redis://ann:***@h:0") } == true)
    }

    @Test(arguments: [
        "cluster://:hunter2/x@h", "sentinel://h/m?sentinel_password=hunter2&timeout=1",
        "sentinel://h/m?sentinel_pasword=hunter2",
    ])
    func norDoesAListOfHosts(text: String) {
        let error = #expect(throws: RedisError.self) { try RedisEndpoint(url: text) }
        #expect(error.map { "\($0)".contains("hunter2") } == false)
    }

    @Test(arguments: [
        RedisEndpoint(.tcp(host: "h", port: 7)),
        RedisEndpoint(.tcp(host: "::1", port: 7), user: "a:b", password: "p@s/s %?#", database: 5),
        RedisEndpoint(.tcp(host: "h", port: 7), password: "only"),
        RedisEndpoint(.unixSocket(path: "/tmp/a b%20?#.sock"), database: 2),
        RedisEndpoint(.unixSocket(path: "/r.sock"), user: "ann", password: "s:e@c/r", database: 1),
        RedisEndpoint(.unixSocket(path: "/r.sock"), password: "only"),
        watched,
        RedisEndpoint(
            .cluster(at: [RedisHost("h", port: 7), RedisHost("::1", port: 8)]), user: "ann", password: "s:e@c/r,x"),
    ])
    func theURLForAChildProcessHoldsEverything(endpoint: RedisEndpoint) throws {
        #expect(try RedisEndpoint(url: endpoint.url) == endpoint)
        #expect(!endpoint.description.contains(endpoint.password ?? "no password"))
    }
}
