import Foundation
import Messaging
import TestSupport
import Testing

/// A client and a sink on a unix socket or on TCP, on good days.
@Suite("Placing")
struct PlacingTests {
    @Test("a message is placed once, repeats get its receipt, and costs are counted", arguments: [false, true])
    func placedAndRepeated(overTCP: Bool) async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        if overTCP { settings.address = .tcp(host: "127.0.0.1", port: 0) }
        let counts = try await withSink(settings) { sink, address in
            try await withMessageClient(address: address) { client in
                let first = await client.place(.sample(1, token: 1))
                #expect(first.outcome == .placed(1))
                #expect(first.costs.calls == 1 && first.costs.bytesOut > 256 && first.costs.bytesIn > 0)
                #expect(first.costs.callNanoseconds > 0 && first.costs.backoffNanoseconds == 0)
                #expect(await client.place(.sample(2)).outcome == .placed(2))
                #expect(await client.place(.sample(1, token: 2)).outcome == .repeated(1))
            }
            return sink.counts
        }
        #expect(counts.received == 3 && counts.placed == 2 && counts.repeated == 1 && counts.bytes == 3 * 256)
        #expect(try fixture.entries().map(\.number) == [1, 2])
        #expect(FileManager.default.fileExists(atPath: fixture.folder.path(of: "sink.sock")) == false)
    }

    @Test("many callers share the connection, and each message gets a number of its own")
    func manyCallers() async throws {
        let fixture = try SinkFixture()
        let outcomes = try await withSink(fixture.settings) { _, address in
            try await withMessageClient(address: address) { client in
                await placeAll(1_000, callers: 64, client).map(\.outcome)
            }
        }
        let numbers = outcomes.compactMap { outcome -> UInt64? in
            if case .placed(let number) = outcome { number } else { nil }
        }
        #expect(numbers.sorted() == Array(1...1_000))
        #expect(try fixture.entries().map(\.number) == Array(1...1_000))
    }

    /// The transport lets 100 through unless told otherwise.
    @Test("hundreds of calls are under way at once on one connection")
    func hundredsAtOnce() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.delay = { _ in .seconds(600) }
        settings.grace = .zero
        let received = try await withSink(settings) { sink, address in
            try await withMessageClient(address: address) { client in
                try await withThrowingDiscardingTaskGroup { group in
                    for index in 1...300 as ClosedRange<UInt32> {
                        group.addTask { _ = await client.place(.sample(index, token: 1)) }
                    }
                    defer { group.cancelAll() }
                    try await waitUntil { sink.counts.received == 300 }
                    return sink.counts.received
                }
            }
        }
        #expect(received == 300)
    }

    @Test("a lower token is refused, and its message is not stored")
    func superseded() async throws {
        let fixture = try SinkFixture()
        let counts = try await withSink(fixture.settings) { sink, address in
            try await withMessageClient(address: address) { client in
                #expect(await client.place(.sample(1, token: 2)).outcome == .placed(1))
                let late = await client.place(.sample(1, token: 1))
                guard case .superseded(let words) = late.outcome else {
                    Issue.record("not superseded: \(late)")
                    return
                }
                #expect(words.contains("1.2") && late.costs.calls == 1)
            }
            return sink.counts
        }
        #expect(counts.refused == 1 && counts.placed == 1)
        #expect(try fixture.entries().count == 1)
    }

    @Test("a later token that overtakes a delayed request fences it off")
    func supersededWhileDelayed() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        let isFirst = FirstOnly()
        settings.behaviour.delay = { _ in isFirst.next() ? .seconds(1) : .zero }
        try await withSink(settings) { sink, address in
            try await withMessageClient(address: address) { client in
                async let delayed = client.place(.sample(1, token: 1)).outcome
                try await waitUntil { sink.counts.received == 1 }
                #expect(await client.place(.sample(1, token: 2)).outcome == .placed(1))
                guard case .superseded = await delayed else {
                    Issue.record("the delayed one was not superseded")
                    return
                }
            }
        }
        #expect(try fixture.entries().map(\.token) == [.sample(2)])
    }

    @Test("a batch has one outcome for each of its requests, in their order")
    func batch() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.longestBodyBytes = 1_000
        try await withSink(settings) { _, address in
            try await withMessageClient(address: address) { client in
                let result = await client.placeBatch([
                    .sample(1, token: 2), .sample(2), .sample(1, token: 1), .sample(2), .sample(3, bytes: 1_001),
                ])
                #expect(result.outcomes.prefix(2) == [.placed(1), .placed(2)])
                guard case .superseded = result.outcomes[2] else {
                    Issue.record("not superseded: \(result)")
                    return
                }
                #expect(result.outcomes[3] == .repeated(2))
                #expect(result.outcomes[4].failedStatus == .resourceExhausted)
                #expect(result.costs.calls == 1)
                #expect(await client.placeBatch([]).outcomes.isEmpty)
            }
        }
        #expect(try fixture.entries().count == 2)
    }

    @Test("a lost lease and a cancelled task end a placement before it is sent")
    func abandoned() async throws {
        let fixture = try SinkFixture()
        try await withSink(fixture.settings) { sink, address in
            try await withMessageClient(address: address) { client in
                let result = await client.place(.sample(1)) { false }
                #expect(result.outcome == .abandoned && result.costs.calls == 0)
                let cancelled = await withTaskGroup(of: PlacementResult.self) { group in
                    group.cancelAll()
                    group.addTask { await client.place(.sample(1)) }
                    return await group.next()
                }
                #expect(cancelled?.outcome == .abandoned)
                #expect(sink.counts.received == 0)
            }
        }
    }
}
