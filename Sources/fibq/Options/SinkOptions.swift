import ArgumentParser
import Harness
import Messaging

/// The sink that messages are placed with, and how it is checked: what `run` and `worker` share.
struct SinkOptions: ParsableArguments {
    @Option(help: "The sink for messages: unix:///path or tcp://host:port.")
    var sink: String?

    @Option(help: "Speak TLS with it, and trust the certificates in this PEM file.")
    var sinkCa: String?

    @Option(help: "The name that its certificate must bear. Default: the host of its address.")
    var sinkName: String?

    func validate() throws {
        if sink == nil, sinkCa != nil || sinkName != nil {
            throw ValidationError("--sink-ca and --sink-name go with --sink")
        }
        if sinkCa == nil, sinkName != nil { throw ValidationError("--sink-name goes with --sink-ca") }
    }

    /// The sink that the options give; `nil` when they give none.
    func given() throws(HarnessError) -> (address: SinkAddress, security: ClientSecurity)? {
        guard let sink else { return nil }
        do throws(MessagingError) {
            return (try SinkAddress(sink), security)
        } catch {
            throw .messaging(error)
        }
    }

    /// How it is checked.
    private var security: ClientSecurity {
        sinkCa.map { .tls(trustRoots: $0, serverName: sinkName) } ?? .plaintext
    }
}
