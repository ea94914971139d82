import Glibc

/// One of the sixteen million addresses of the loopback interface, 127.0.0.0/8, each of which anybody may use unasked.
package struct LoopbackAddress: Hashable, Sendable {
    /// 127.0.0.1, where clients come from that do not say otherwise.
    package static let home = LoopbackAddress(number: 0x7f00_0001)

    private let number: UInt32

    private init(number: UInt32) { self.number = number }

    /// An address that comes of a port: nobody else's, as long as nobody else has that port on ``home``.
    package init(ofPort port: Int) { self.init(number: 0x7f01_0000 | UInt32(port)) }

    /// The address in an answer of the system.
    init(_ address: sockaddr_in) { self.init(number: UInt32(bigEndian: address.sin_addr.s_addr)) }

    /// A port there, as the system wants it.
    func socketAddress(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = number.bigEndian
        return address
    }
}

extension LoopbackAddress: CustomStringConvertible {
    /// Its four numbers.
    package var description: String {
        [24, 16, 8, 0].map { "\(number >> $0 & 0xff)" }.joined(separator: ".")
    }
}
