import GRPCNIOTransportHTTP2Posix
import Glibc

/// How a sink proves who it is.
package enum SinkSecurity: Equatable, Sendable {
    /// Nothing is encrypted.
    case plaintext
    /// TLS, with a certificate chain and its private key in PEM files.
    case tls(certificates: String, key: String)

    /// For the transport.
    func transport() throws(MessagingError) -> HTTP2ServerTransport.Posix.TransportSecurity {
        guard case .tls(let certificates, let key) = self else { return .plaintext }
        try requireReadable(certificates, key)
        return .tls(
            certificateChain: [.file(path: certificates, format: .pem)], privateKey: .file(path: key, format: .pem))
    }
}

/// What a client demands of a sink.
package enum ClientSecurity: Equatable, Sendable {
    /// Nothing is encrypted, nobody is checked.
    case plaintext
    /// TLS. The sink's certificate must come from one in this PEM file, and bear the sink's name (`serverName`, or else
    /// the host of the address, `localhost` for a unix socket) or, over TCP, the IP address that was connected to.
    case tls(trustRoots: String, serverName: String?)

    /// For the transport.
    func transport() throws(MessagingError) -> HTTP2ClientTransport.Posix.TransportSecurity {
        guard case .tls(let roots, _) = self else { return .plaintext }
        try requireReadable(roots)
        return .tls { $0.trustRoots = .certificates([.file(path: roots, format: .pem)]) }
    }

    /// The name asked for in the handshake.
    func authority(of address: SinkAddress) -> String? {
        guard case .tls(_, let name) = self else { return nil }
        return name ?? address.serverName
    }
}

/// The transport reads the files when it first needs them, and then only says that something failed.
private func requireReadable(_ paths: String...) throws(MessagingError) {
    for path in paths where unsafe access(path, R_OK) != 0 {
        throw .security(words: "\(path): cannot be read: \(unsafe String(cString: strerror(errno)))")
    }
}
