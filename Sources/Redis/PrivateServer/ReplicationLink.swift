import Glibc

/// How a private server is reached by its replicas: over TCP on 127.0.0.1, since replication has no unix sockets, with a
/// random password, since other users of the machine can reach that too.
struct ReplicationLink: Sendable, Equatable {
    /// The port on 127.0.0.1.
    let port: Int
    /// The password, for replicas and for every other client.
    let password: String

    /// A port that is free at this moment, and a password: a new one unless one is given.
    init(password: String? = nil) throws(RedisError) {
        port = try Self.freePort()
        self.password =
            password ?? (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    /// The settings of a server that listens there. A replica of a fast link need not wait for others, and must notice
    /// soon what has become of its master.
    var settings: [(String, String)] {
        [
            ("port", "\(port)"), ("bind", "127.0.0.1"), ("requirepass", password),
            ("repl-diskless-sync-delay", "0"), ("repl-ping-replica-period", "1"),
        ]
    }

    /// Below the ports that the kernel gives to outgoing connections, so that it is still free when the server restarts.
    private static func freePort() throws(RedisError) -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_000)
            if isFree(port) { return port }
        }
        throw .privateServer(reason: "no port between 20000 and 32000 is free on 127.0.0.1")
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe bind(
                descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count)) == 0
        }
    }
}
