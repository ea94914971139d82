import Messaging
import TestSupport
import Testing

/// Sinks that fail calls, lose replies and drop connections.
@Suite("Bad days")
struct BadDayTests {
    @Test("failed calls are tried again until all is placed, and nothing is placed twice")
    func failures() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.failedFraction = 0.3
        settings.behaviour.seed = 1
        let counts = try await placeAll(settings, client: .stubborn)
        #expect(counts.failed > 100)
        // Half of the replies were lost after placing, so that the next try finds its message there.
        #expect(counts.repeated > 50)
        try expectEachOnce(fixture)
    }

    @Test("a status that lasts is not tried again")
    func lastingFailure() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.failedFraction = 1
        settings.behaviour.failedStatus = .permissionDenied
        try await withSink(settings) { _, address in
            try await withMessageClient(address: address) { client in
                let result = await client.place(.sample(1))
                #expect(result.outcome == .failed(.permissionDenied, "an injected failure"))
                #expect(result.costs.calls == 1)
            }
        }
    }

    @Test("dropped connections are made anew, and nothing is placed twice")
    func drops() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.droppedFraction = 0.02
        settings.behaviour.seed = 2
        let counts = try await placeAll(settings, client: .stubborn)
        #expect(counts.dropped > 0 && counts.failed == 0)
        try expectEachOnce(fixture)
    }

    @Test("a drop is a broken connection for the client, not a status of the sink")
    func dropIsNoStatus() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.droppedFraction = 1
        try await withSink(settings) { sink, address in
            try await withMessageClient(address: address, settings: .once) { client in
                guard case .failed(.unavailable, let words) = await client.place(.sample(1)).outcome else {
                    Issue.record("not unavailable")
                    return
                }
                #expect(!words.contains("connection dropped"), "\(words)")
                #expect(sink.counts.dropped == 1)
            }
        }
    }

    @Test("a short absence of a connection is not told to anybody")
    func quietDrops() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.droppedFraction = 0.05
        let told = Told()
        var client = MessageClientSettings.stubborn
        client.patience = .seconds(30)
        client.onReachability = told.observer
        _ = try await placeAll(settings, client: client)
        #expect(told.sofar.isEmpty)
    }

    private func placeAll(_ settings: SinkSettings, client: MessageClientSettings) async throws -> SinkCounts {
        try await withSink(settings) { sink, address in
            let results = try await withMessageClient(address: address, settings: client) { client in
                await MessagingTests.placeAll(500, callers: 16, client)
            }
            let failed = results.filter { !$0.outcome.isPlaced }
            #expect(failed.isEmpty)
            return sink.counts
        }
    }

    private func expectEachOnce(_ fixture: SinkFixture) throws {
        let file = try LedgerFile.read(fixture.ledger)
        #expect(file.placedTwice.isEmpty)
        #expect(Set(file.entries.map(\.task.index)) == Set(1...500))
    }
}
