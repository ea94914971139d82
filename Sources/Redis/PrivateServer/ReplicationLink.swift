/// How a private server is reached by its replicas: over TCP on 127.0.0.1, since replication has no unix sockets, with a
/// random password, since other users of the machine can reach that too.
struct ReplicationLink: Sendable {
    private let reservation: PortReservation
    /// The password, for replicas and for every other client.
    let password: String
    /// What stands between the server and all others; `nil` where nothing does.
    let network: DivisibleNetwork?

    /// A port of its own, and a password: a new one unless one is given.
    init(password: String? = nil, network: DivisibleNetwork? = nil) throws(RedisError) {
        reservation = try PortReservation.any()
        self.password =
            password ?? (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        self.network = network
        try network?.open(port, of: address)
    }

    /// The port on 127.0.0.1.
    var port: Int { reservation.port }

    /// Where the server itself listens, on the same port: an address of its own where a network is before it.
    var address: LoopbackAddress { network == nil ? .home : LoopbackAddress(ofPort: port) }

    /// The settings of a server that listens there. A replica of a fast link need not wait for others, and must notice
    /// soon what has become of its master.
    var settings: [(String, String)] {
        [
            ("port", "\(port)"), ("bind", "\(address)"), ("requirepass", password),
            ("repl-diskless-sync-delay", "0"), ("repl-ping-replica-period", "1"),
        ]
            + (network == nil
                ? [] : [("bind-source-addr", "\(address)"), ("replica-announce-ip", "\(LoopbackAddress.home)")])
    }
}
