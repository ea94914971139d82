import CLinux
import Glibc

/// A TCP socket on a loopback address. It never blocks, no child gets it, and it closes with the last reference to it.
final class LoopbackSocket: Sendable {
    /// What came of an attempt to read or write.
    enum Passage: Equatable {
        /// So many bytes have passed; never none.
        case bytes(Int)
        /// None for now.
        case notNow
        /// None any more: the other end has closed, or the connection is broken.
        case over
    }

    /// The kernel's number for it.
    let descriptor: Int32

    private static let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// A socket for now without an address; `nil` when this process may have no more.
    convenience init?() {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Self.flags, 0)
        guard descriptor >= 0 else { return nil }
        self.init(descriptor: descriptor)
    }

    /// Takes a port of an address; false when it is taken.
    func bind(to address: LoopbackAddress, port: Int) -> Bool {
        unsafe withBytes(of: address, port) { unsafe Glibc.bind(descriptor, $0, $1) == 0 }
    }

    /// Lets others that allow it too listen on the same port.
    func allowReuse() -> Bool { set(SO_REUSEADDR, at: SOL_SOCKET) }

    /// Takes connections from now on.
    func listen() -> Bool { Glibc.listen(descriptor, 511) == 0 }

    /// Begins to connect; false when nobody listens there. What is written before the connection is made has to wait.
    func connect(to address: LoopbackAddress, port: Int) -> Bool {
        let code = unsafe withBytes(of: address, port) { bytes, size in
            unsafe Glibc.connect(descriptor, bytes, size) == 0 ? 0 : errno
        }
        return code == 0 || code == EINPROGRESS
    }

    /// The next connection to this socket, and where it comes from; `nil` when there is none for now.
    func accept() -> (socket: LoopbackSocket, source: LoopbackAddress)? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe accept4(self.descriptor, address, &size, Self.flags)
            }
        }
        guard descriptor >= 0 else { return nil }
        return (LoopbackSocket(descriptor: descriptor), LoopbackAddress(address))
    }

    /// Sends small pieces at once, as servers do.
    func sendAtOnce() { _ = set(Int32(TCP_NODELAY), at: Int32(IPPROTO_TCP)) }

    /// Reads what has come, as far as it fits.
    func receive(into buffer: inout [UInt8]) -> Passage {
        passage(unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) })
    }

    /// Writes as much as is taken now.
    func send(_ bytes: ArraySlice<UInt8>) -> Passage {
        let flags = Int32(MSG_NOSIGNAL)
        return passage(
            unsafe bytes.withUnsafeBytes { unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, flags) })
    }

    private func passage(_ count: Int) -> Passage {
        if count > 0 { return .bytes(count) }
        return count < 0 && [EAGAIN, EINTR].contains(errno) ? .notNow : .over
    }

    private func set(_ option: Int32, at level: Int32) -> Bool {
        var yes: Int32 = 1
        return unsafe setsockopt(descriptor, level, option, &yes, socklen_t(MemoryLayout<Int32>.size)) == 0
    }

    private func withBytes<Result>(
        of address: LoopbackAddress, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        let address = address.socketAddress(port: port)
        return unsafe withUnsafePointer(to: address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe body(address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
