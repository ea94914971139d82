import Glibc

/// A TCP port of 127.0.0.1 that nobody else is given while this lives, also while the server that is to listen there is down.
///
/// It is kept by a socket that is bound and does not listen. Servers set SO_REUSEADDR, and may listen beside such a socket if
/// that has set it too; whoever looks for a free port here does not, and finds it taken.
final class PortReservation: Sendable {
    /// The port.
    let port: Int
    private let descriptor: Int32

    /// Any port that is free, below those that the kernel gives to outgoing connections.
    static func any() throws(RedisError) -> PortReservation {
        for _ in 0..<100 {
            if let reservation = PortReservation(port: Int.random(in: 20_000..<32_000)) { return reservation }
        }
        throw .privateServer(reason: "no port between 20000 and 32000 is free on 127.0.0.1")
    }

    /// `nil` when the port is not free.
    private init?(port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let isBound = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe bind(
                descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count)) == 0
        }
        var yes: Int32 = 1
        guard
            isBound,
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size)) == 0
        else {
            close(descriptor)
            return nil
        }
        (self.port, self.descriptor) = (port, descriptor)
    }

    deinit { close(descriptor) }
}
