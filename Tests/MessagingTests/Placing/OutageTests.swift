import Foundation
import Measurement
import Messaging
import Synchronization
import TestSupport
import Testing

/// A sink that is down, comes back, or can't store.
@Suite("Outages")
struct OutageTests {
    @Test("a sink that is down at the start fails calls at once, and is found by itself when it is up")
    func downAtStart() async throws {
        let fixture = try SinkFixture()
        let told = Told()
        var settings = MessageClientSettings.once
        settings.patience = .zero
        settings.onReachability = told.observer
        try await withMessageClient(address: fixture.settings.address, settings: settings) { client in
            for _ in 1...3 { #expect(await client.place(.sample(1)).outcome.failedStatus == .unavailable) }
            #expect(told.sofar == [false])
            try await withSink(fixture.settings) { _, _ in
                try await waitUntil { await client.place(.sample(1)).outcome == .placed(1) }
                #expect(await client.place(.sample(1)).outcome == .repeated(1))
            }
            #expect(told.sofar == [false, true])
        }
    }

    @Test("a sink restarted in the middle still knows what it has, and the same client finds it again")
    func restart() async throws {
        let fixture = try SinkFixture()
        try await withMessageClient(address: fixture.settings.address, settings: .stubborn) { client in
            try await withSink(fixture.settings) { _, _ in
                #expect(await client.place(.sample(1, token: 3)).outcome == .placed(1))
            }
            #expect(await client.place(.sample(2), while: FirstOnly().next).outcome == .abandoned)
            try await withSink(fixture.settings) { sink, _ in
                #expect(sink.recovered == 1)
                try await waitUntil { await client.place(.sample(1, token: 3)).outcome == .repeated(1) }
                #expect(await client.place(.sample(2)).outcome == .placed(2))
            }
        }
        #expect(try fixture.entries().map(\.task) == [.sample(1), .sample(2)])
    }

    @Test("tries end when the lease is lost, long before they are used up")
    func leaseLost() async throws {
        let fixture = try SinkFixture()
        var settings = MessageClientSettings()
        settings.retry = PlacementRetry(first: .seconds(1_000), tries: 100)
        try await withMessageClient(address: fixture.settings.address, settings: settings) { client in
            let asked = Atomic(0)
            let result = await client.place(.sample(1)) {
                asked.wrappingAdd(1, ordering: .relaxed).newValue <= 3
            }
            #expect(result.outcome == .abandoned)
            // There is no sink, so no call was made.
            #expect(result.costs.calls == 0 && result.costs.backoffNanoseconds > 0)
        }
    }

    @Test("a call without a reply ends at its deadline, and a sink that is stopped does not wait for it")
    func deadline() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.delay = { _ in .seconds(1_000) }
        settings.grace = .milliseconds(50)
        var client = MessageClientSettings()
        client.deadline = .milliseconds(100)
        client.retry = PlacementRetry(first: .milliseconds(1), tries: 2)
        try await withSink(settings) { [client] sink, address in
            try await withMessageClient(address: address, settings: client) { client in
                let result = await client.place(.sample(1))
                #expect(result.outcome.failedStatus == .deadlineExceeded)
                #expect(result.costs.calls == 2 && result.costs.callNanoseconds >= 200_000_000)
                #expect(sink.counts.received == 2)
            }
        }
        #expect(try fixture.entries().isEmpty)
    }

    @Test("a full disk fails calls with its words, places nothing, and the sink lives on")
    func fullDisk() async throws {
        let fixture = try SinkFixture()
        let isFull = Mutex(false)
        let disk = LedgerDisk(write: { file, bytes throws(SystemCallFailure) in
            if isFull.withLock({ $0 }) {
                throw SystemCallFailure(operation: "write", path: file.path, code: ENOSPC)
            }
            try file.write(bytes)
        })
        try await withSink(fixture.settings, disk: disk) { sink, address in
            try await withMessageClient(address: address, settings: .once) { client in
                isFull.withLock { $0 = true }
                for _ in 1...2 {
                    let outcome = await client.place(.sample(1)).outcome
                    #expect(outcome.failedStatus == .unavailable)
                    #expect("\(outcome)".contains("No space left on device"))
                }
                #expect(sink.counts.unstored == 2 && sink.counts.placed == 0)
                isFull.withLock { $0 = false }
                #expect(await client.place(.sample(1)).outcome == .placed(1))
            }
        }
        #expect(try fixture.entries().count == 1)
    }

    @Test("a sink is not started where it can't listen")
    func notBound() async throws {
        let fixture = try SinkFixture()
        for address in ["unix:///nowhere/at/all.sock", "tcp://sink.invalid:1", "tcp://192.0.2.1:1"] {
            var settings = fixture.settings
            settings.address = try SinkAddress(address)
            let unbound = settings
            await #expect(throws: MessagingError.self) { try await startSink(unbound) }
        }
    }
}
