import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Messaging
import SwiftProtobuf
import TestSupport
import Testing

/// Requests that a sink can't accept: each gets a clear status, nothing is stored, and the next one is served.
@Suite("Refusals")
struct RefusalTests {
    private typealias Request = Fibq_Messaging_V1_PlaceRequest

    @Test("malformed requests get INVALID_ARGUMENT with what is missing")
    func malformed() async throws {
        try await expect(.invalidArgument, "task identity") { $0.clearTask() }
        try await expect(.invalidArgument, "task identity") { $0.task.producer = 0 }
        try await expect(.invalidArgument, "fence") { $0.fence = nil }
    }

    @Test("a token that no queue issues gets INVALID_ARGUMENT", arguments: [(0, 1), (1, 0), (0, 0)])
    func unknownToken(epoch: UInt64, sequence: UInt64) async throws {
        try await expect(.invalidArgument, "unknown token \(epoch).\(sequence)") { request in
            request.token.epoch = epoch
            request.token.sequence = sequence
        }
    }

    @Test("a body over the limit gets RESOURCE_EXHAUSTED", arguments: [(1 << 20) + 1, 10 << 20])
    func oversized(bytes: Int) async throws {
        try await expect(.resourceExhausted, "takes up to 1048576") { $0.body = Data(count: bytes) }
    }

    @Test("what the transport itself refuses fails clearly at the client too")
    func hugeBody() async throws {
        let fixture = try SinkFixture()
        try await withSink(fixture.settings) { _, address in
            try await withMessageClient(address: address, settings: .once) { client in
                let result = await client.place(.sample(1, bytes: 40 << 20))
                #expect(result.outcome.failedStatus == .resourceExhausted)
                #expect(await client.place(.sample(2)).outcome == .placed(1))
            }
        }
    }

    @Test("the longest body is taken, and an empty one")
    func limits() async throws {
        let fixture = try SinkFixture()
        try await withSink(fixture.settings) { _, address in
            try await withMessageClient(address: address) { client in
                #expect(await client.place(.sample(1, bytes: 1 << 20)).outcome == .placed(1))
                #expect(await client.place(.sample(2, bytes: 0)).outcome == .placed(2))
            }
        }
        #expect(try fixture.entries().map(\.bodyBytes) == [1 << 20, 0])
    }

    /// A good request with one thing changed is refused; the same request without the change is then placed first.
    private func expect(
        _ code: RPCError.Code, _ words: String, change: @Sendable (inout Request) -> Void
    ) async throws {
        let fixture = try SinkFixture()
        let good = Request.with { request in
            request.task.producer = 1
            request.unfenced = Fibq_Messaging_V1_Unfenced()
            request.body = Data("hello".utf8)
        }
        var bad = good
        change(&bad)
        try await withSink(fixture.settings) { [bad] sink, _ in
            try await withGRPCClient(
                transport: .http2NIOPosix(
                    target: .unixDomainSocket(path: fixture.folder.path(of: "sink.sock")),
                    transportSecurity: .plaintext)
            ) { connection in
                let client = Fibq_Messaging_V1_MessageSink.Client(wrapping: connection)
                let error = await #expect(throws: RPCError.self) { try await client.place(bad) }
                #expect(error?.code == code)
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
                let receipt = try await client.place(good)
                #expect(receipt.number == 1)
            }
            #expect(sink.counts.invalid == 1 && sink.counts.placed == 1)
        }
        #expect(try fixture.entries().count == 1)
    }
}
