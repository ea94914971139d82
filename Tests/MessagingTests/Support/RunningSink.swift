import Messaging
import TestSupport

/// Serves for as long as `body` runs, then stops gracefully, and answers what `body` did.
func withSink<Result: Sendable>(
    _ settings: SinkSettings, disk: LedgerDisk = LedgerDisk(),
    _ body: (MessageSink, SinkAddress) async throws -> Result
) async throws -> Result {
    let sink = try MessageSink(settings, disk: disk)
    let (stopping, stop) = AsyncStream<Void>.makeStream()
    let (listening, announce) = AsyncStream<SinkAddress>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { announce.finish() }
            try await sink.serve(
                until: { for await _ in stopping {} },
                onListening: { address in announce.yield(address) })
        }
        guard let address = await listening.first(where: { _ in true }) else {
            try await group.waitForAll()
            throw NeverHappened()
        }
        let result = try await body(sink, address)
        stop.finish()
        try await group.waitForAll()
        return result
    }
}

/// Starts a sink and stops it at once.
func startSink(_ settings: SinkSettings) async throws {
    try await withSink(settings) { _, _ in }
}

/// Makes a client and ends it at once.
func startClient(_ address: SinkAddress, _ security: ClientSecurity) async throws {
    try await withMessageClient(address: address, security: security) { _ in }
}

/// A sink in a folder of its own, on a unix socket there.
struct SinkFixture {
    /// The folder.
    let folder: TemporaryFolder
    /// The ledger's file.
    var ledger: String { folder.path(of: "ledger") }
    /// An obliging sink.
    var settings: SinkSettings {
        SinkSettings(address: .unix(path: folder.path(of: "sink.sock")), storage: .file(ledger))
    }

    init() throws { folder = try TemporaryFolder() }

    /// What the ledger's file has.
    func entries() throws -> [LedgerEntry] { try LedgerFile.read(ledger).entries }
}

extension MessageClientSettings {
    /// A client that tries each call once.
    static var once: MessageClientSettings {
        var settings = MessageClientSettings()
        settings.retry.tries = 1
        return settings
    }

    /// A client that tries again at short intervals, up to fifty times.
    static var stubborn: MessageClientSettings {
        var settings = MessageClientSettings()
        settings.retry = PlacementRetry(first: .milliseconds(2), factor: 1.2, tries: 50)
        return settings
    }
}
