/// A TCP port of 127.0.0.1 that nobody else is given while this lives, also while the server that is to listen there is down.
///
/// It is kept by a socket that is bound and does not listen. Servers set SO_REUSEADDR, and may listen beside such a socket if
/// that has set it too; whoever looks for a free port here does not, and finds it taken.
final class PortReservation: Sendable {
    /// The port.
    let port: Int
    private let socket: LoopbackSocket

    /// Any port that is free, below those that the kernel gives to outgoing connections.
    static func any() throws(RedisError) -> PortReservation {
        for _ in 0..<100 {
            if let reservation = PortReservation(port: Int.random(in: 20_000..<32_000)) { return reservation }
        }
        throw .privateServer(reason: "no port between 20000 and 32000 is free on 127.0.0.1")
    }

    /// `nil` when the port is not free.
    private init?(port: Int) {
        guard let socket = LoopbackSocket(), socket.bind(to: .home, port: port), socket.allowReuse() else { return nil }
        (self.port, self.socket) = (port, socket)
    }
}
