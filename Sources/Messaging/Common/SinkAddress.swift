import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// Where a sink is.
package enum SinkAddress: Hashable, Sendable {
    /// A unix socket's path, at most 107 bytes.
    case unix(path: String)
    /// A host and a port; a sink that is given port 0 gets a free one.
    case tcp(host: String, port: Int)

    /// Reads `unix:///path` or `tcp://host:port`, an IPv6 address in brackets.
    ///
    /// - Throws: ``MessagingError/address(text:)``
    package init(_ text: String) throws(MessagingError) {
        if text.hasPrefix("unix://"), case let path = text.dropFirst("unix://".count), path.hasPrefix("/") {
            guard path.utf8.count <= 107 else { throw .address(text: text) }
            self = .unix(path: String(path))
        } else if text.hasPrefix("tcp://"), let colon = text.lastIndex(of: ":"),
            let port = Int(text[colon...].dropFirst()), (0...65_535).contains(port),
            case let host = text[..<colon].dropFirst("tcp://".count), !host.isEmpty
        {
            self = .tcp(host: String(host.trimmingBrackets), port: port)
        } else {
            throw .address(text: text)
        }
    }

    /// What a server binds. A name other than `localhost` is not looked up.
    func bindable() throws(MessagingError) -> SocketAddress {
        switch self {
        case .unix(let path): return .unixDomainSocket(path: path)
        case .tcp("localhost", let port): return .ipv4(host: "127.0.0.1", port: port)
        case .tcp(let host, let port) where host.contains(":"): return .ipv6(host: host, port: port)
        case .tcp(let host, let port) where host.isIPv4: return .ipv4(host: host, port: port)
        case .tcp: throw .notBound(address: self, words: "give the IP address of an interface, or 0.0.0.0 for all")
        }
    }

    /// What a client connects to. Names are looked up.
    var target: any ResolvableTarget {
        switch self {
        case .unix(let path): .unixDomainSocket(path: path)
        case .tcp("localhost", let port): .ipv4(address: "127.0.0.1", port: port)
        case .tcp(let host, let port) where host.contains(":"): .ipv6(address: host, port: port)
        case .tcp(let host, let port) where host.isIPv4: .ipv4(address: host, port: port)
        case .tcp(let host, let port): .dns(host: host, port: port)
        }
    }

    /// The name that a certificate should bear; `nil` for an IP address.
    var serverName: String? {
        switch self {
        case .unix: "localhost"
        case .tcp(let host, _): host.contains(":") || host.isIPv4 ? nil : host
        }
    }

    /// This address with what was really bound in its place.
    func bound(to address: SocketAddress) -> SinkAddress {
        guard case .tcp(let host, _) = self, let port = address.ipv4?.port ?? address.ipv6?.port else { return self }
        return .tcp(host: host, port: port)
    }
}

extension SinkAddress: CustomStringConvertible {
    /// As ``init(_:)`` reads it.
    package var description: String {
        switch self {
        case .unix(let path): "unix://\(path)"
        case .tcp(let host, let port): "tcp://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }
    }
}

extension String {
    fileprivate var isIPv4: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension Substring {
    fileprivate var trimmingBrackets: Substring {
        hasPrefix("[") && hasSuffix("]") ? dropFirst().dropLast() : self
    }
}
