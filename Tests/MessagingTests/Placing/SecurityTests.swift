import Foundation
import Messaging
import Synchronization
import TestSupport
import Testing

/// TLS: the right certificate, a wrong one, none.
@Suite("Security")
struct SecurityTests {
    @Test("with the right certificate messages are placed, over TCP and over a unix socket", arguments: [true, false])
    func rightCertificate(overTCP: Bool) async throws {
        let fixture = try SinkFixture()
        let security = ClientSecurity.tls(trustRoots: try TestCertificates.root, serverName: nil)
        try await withSink(try secured(fixture, overTCP: overTCP)) { _, address in
            try await withMessageClient(address: address, security: security) { client in
                #expect(await client.place(.sample(1)).outcome == .placed(1))
            }
        }
    }

    @Test("a certificate of nobody we trust, or of another name, is refused with words, and the sink lives on")
    func wrongCertificate() async throws {
        let fixture = try SinkFixture()
        let root = try TestCertificates.root
        let wrong = [
            ClientSecurity.tls(trustRoots: try TestCertificates.otherRoot, serverName: nil),
            .tls(trustRoots: root, serverName: "somebody.else"),
        ]
        try await withSink(try secured(fixture, overTCP: false)) { sink, address in
            for security in wrong {
                try await withMessageClient(address: address, security: security, settings: .once) { client in
                    let outcome = await client.place(.sample(1)).outcome
                    #expect(outcome.failedStatus == .unavailable)
                    #expect("\(outcome)".lowercased().contains("certificate"), "\(outcome)")
                }
            }
            #expect(sink.counts.received == 0)
            let right = ClientSecurity.tls(trustRoots: root, serverName: "localhost")
            try await withMessageClient(address: address, security: right) { client in
                #expect(await client.place(.sample(1)).outcome == .placed(1))
            }
        }
        #expect(try fixture.entries().count == 1)
    }

    @Test("plaintext to a sink that wants TLS fails, and the sink lives on")
    func plaintextToTLS() async throws {
        let fixture = try SinkFixture()
        let security = ClientSecurity.tls(trustRoots: try TestCertificates.root, serverName: nil)
        try await withSink(try secured(fixture, overTCP: true)) { _, address in
            try await withMessageClient(address: address, settings: .once) { client in
                #expect(await client.place(.sample(1)).outcome.failedStatus == .unavailable)
            }
            try await withMessageClient(address: address, security: security) { client in
                #expect(await client.place(.sample(1)).outcome == .placed(1))
            }
        }
    }

    @Test("files that can't be read are named")
    func unreadable() async throws {
        let fixture = try SinkFixture()
        let absent = fixture.folder.path(of: "absent.pem")
        let words = MessagingError.security(words: "\(absent): cannot be read: No such file or directory")
        let address = fixture.settings.address
        await #expect(throws: words) {
            try await startClient(address, .tls(trustRoots: absent, serverName: nil))
        }
        var settings = fixture.settings
        settings.security = .tls(certificates: absent, key: absent)
        let unreadable = settings
        await #expect(throws: words) { try await startSink(unreadable) }
    }

    private func secured(_ fixture: SinkFixture, overTCP: Bool) throws -> SinkSettings {
        var settings = fixture.settings
        if overTCP { settings.address = .tcp(host: "127.0.0.1", port: 0) }
        settings.security = .tls(certificates: try TestCertificates.sink, key: try TestCertificates.sinkKey)
        return settings
    }
}
