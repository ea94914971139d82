/// How a private server is reached by its replicas: over TCP on 127.0.0.1, since replication has no unix sockets, with a
/// random password, since other users of the machine can reach that too.
struct ReplicationLink: Sendable {
    private let reservation: PortReservation
    /// The password, for replicas and for every other client.
    let password: String

    /// A port of its own, and a password: a new one unless one is given.
    init(password: String? = nil) throws(RedisError) {
        reservation = try PortReservation.any()
        self.password =
            password ?? (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    /// The port on 127.0.0.1.
    var port: Int { reservation.port }

    /// The settings of a server that listens there. A replica of a fast link need not wait for others, and must notice
    /// soon what has become of its master.
    var settings: [(String, String)] {
        [
            ("port", "\(port)"), ("bind", "127.0.0.1"), ("requirepass", password),
            ("repl-diskless-sync-delay", "0"), ("repl-ping-replica-period", "1"),
        ]
    }
}
