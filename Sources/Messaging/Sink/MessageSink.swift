import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import Measurement

/// The server that messages are placed with.
///
/// It keeps each message once, refuses those whose claim has been superseded, and answers each call with a receipt or a
/// status: `INVALID_ARGUMENT` (malformed), `RESOURCE_EXHAUSTED` (body too long), `FAILED_PRECONDITION` (superseded),
/// `UNAVAILABLE` (cannot store). It lives on after each of them.
package final class MessageSink: Sendable {
    /// What its file had at the start.
    package let recovered: Int
    /// What it had after that: bytes of no whole message, moved aside (see ``LedgerStore/tornBytes``).
    package let tornBytes: Int

    private let settings: SinkSettings
    private let store: LedgerStore
    private let tally: SinkTally

    /// Opens the ledger. Blocks while it is replayed (about a second a million messages).
    ///
    /// - Throws: ``LedgerError``.
    package init(_ settings: SinkSettings, disk: LedgerDisk = LedgerDisk()) throws(LedgerError) {
        self.settings = settings
        store = try LedgerStore(settings.storage, disk: disk, onTrouble: settings.onTrouble)
        recovered = store.recovered
        tornBytes = store.tornBytes
        tally = SinkTally(settings.behaviour)
    }

    /// What it has done so far.
    package var counts: SinkCounts { tally.present }

    /// Serves, once only, until `stop` returns; then takes no new calls, waits for those in progress up to the grace,
    /// breaks the rest off, and closes ledger and journal. Cancelling it breaks off at once.
    ///
    /// A stale socket file is bound again, and removed at the end.
    ///
    /// - Parameter onListening: called once, with the address that was really bound.
    /// - Throws: ``MessagingError``, `JournalError`, or ``LedgerError`` when the ledger can't be written at the end.
    package func serve(
        until stop: @escaping @Sendable () async -> Void,
        onListening: @escaping @Sendable (SinkAddress) -> Void = { _ in }
    ) async throws {
        do {
            let journal = try settings.journal.map { path throws(JournalError) in
                try SinkJournal(creating: path, name: settings.name, of: tally)
            }
            let transport = try transport()
            try await withThrowingTaskGroup(of: Void.self) { group in
                if let journal { group.addTask { try await journal.keep() } }
                defer { group.cancelAll() }
                try await serve(transport, until: stop, onListening)
                group.cancelAll()
                try await group.waitForAll()
            }
        } catch {
            // The first failure is the one to report.
            try? await store.close()
            throw error
        }
        try await store.close()
    }

    /// What ends a sink's service.
    private enum Ending {
        case served, graceOver, announced
    }

    private func serve(
        _ transport: HTTP2ServerTransport.Posix, until stop: @escaping @Sendable () async -> Void,
        _ onListening: @escaping @Sendable (SinkAddress) -> Void
    ) async throws {
        let server = GRPCServer(transport: transport, services: [service])
        try await withThrowingTaskGroup(of: Ending.self) { [settings] group in
            group.addTask {
                try await Self.run(server, at: settings.address)
                return .served
            }
            group.addTask {
                // Without an address the task above fails, which is the error to report.
                if let address = try? await transport.listeningAddress {
                    onListening(settings.address.bound(to: address))
                }
                return .announced
            }
            group.addTask {
                await stop()
                server.beginGracefulShutdown()
                try? await Task.sleep(for: settings.grace)
                return .graceOver
            }
            for try await ending in group where ending != .announced { break }
            group.cancelAll()
        }
        if case .unix(let path) = settings.address { unsafe unlink(path) }
    }

    private static func run(_ server: GRPCServer<HTTP2ServerTransport.Posix>, at address: SinkAddress) async throws {
        do {
            try await server.serve()
        } catch {
            if Task.isCancelled { return }
            throw MessagingError.notBound(address: address, words: MessageWords.of(error))
        }
    }

    private var service: SinkService {
        SinkService(
            store: store, tally: tally, failedStatus: settings.behaviour.failedStatus,
            longestBody: settings.longestBodyBytes)
    }

    /// It takes messages far longer than the sink does, so that one too long gets the sink's clear answer: the transport
    /// itself can only break the call off.
    private func transport() throws(MessagingError) -> HTTP2ServerTransport.Posix {
        HTTP2ServerTransport.Posix(
            address: try settings.address.bindable(), transportSecurity: try settings.security.transport(),
            config: .defaults { config in
                config.rpc.maxRequestPayloadSize = max(16 << 20, 2 * settings.longestBodyBytes)
                config.http2.targetWindowSize = 1 << 20
                config.http2.maxConcurrentStreams = settings.mostCallsAtOnce
                if settings.behaviour.droppedFraction > 0 {
                    config.channelDebuggingCallbacks = ConnectionDrop.callbacks
                }
            })
    }
}
