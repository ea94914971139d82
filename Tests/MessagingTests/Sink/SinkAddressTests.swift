import Messaging
import Testing

/// Addresses as they are written.
@Suite("Sink address")
struct SinkAddressTests {
    @Test(
        "what is read is written back",
        arguments: ["unix:///tmp/a.sock", "tcp://127.0.0.1:50051", "tcp://[::1]:0", "tcp://sink.example:443"])
    func roundTrip(text: String) throws {
        #expect(try SinkAddress(text).description == text)
    }

    @Test("the parts are told apart")
    func parts() throws {
        #expect(try SinkAddress("unix:///run/sink") == .unix(path: "/run/sink"))
        #expect(try SinkAddress("tcp://[::1]:80") == .tcp(host: "::1", port: 80))
    }

    @Test(
        "anything else is refused with the text in the message",
        arguments: [
            "", "/tmp/a.sock", "unix://relative", "tcp://host", "tcp://:1", "tcp://host:65536", "tcp://host:x",
            "http://host:1", "unix:///" + String(repeating: "a", count: 108),
        ])
    func refused(text: String) {
        #expect(throws: MessagingError.address(text: text)) { try SinkAddress(text) }
    }
}
