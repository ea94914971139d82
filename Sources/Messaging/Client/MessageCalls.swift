import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GRPCProtobuf
import Measurement
import SwiftProtobuf
import Synchronization

/// What a sink answers with.
typealias ProtobufReply = SwiftProtobuf.Message & Sendable

/// A connection and the calls on it, each made once.
///
/// Calls are made on the transport itself, and not through the library's client, which would spend two more tasks on
/// each, and a timer on each deadline. What is sent is the same.
final class MessageCalls: Sendable {
    /// What came of a call.
    enum Answer<Reply: ProtobufReply>: Sendable {
        /// The sink's reply.
        case reply(Reply)
        /// A status, the sink's or one made here, and words about it.
        case failed(MessageStatus, String)
        /// It was not made, or nobody waits for it any more.
        case abandoned
    }

    typealias Stream = RPCStream<
        RPCAsyncSequence<RPCResponsePart<GRPCNIOTransportBytes>, any Error>,
        RPCWriter<RPCRequestPart<GRPCNIOTransportBytes>>.Closable
    >

    private let transport: HTTP2ClientTransport.Posix
    private let settings: MessageClientSettings
    private let options: CallOptions
    private let deadlines: DeadlineWatch
    private let reachability: Mutex<Reachability>

    /// Prepares a connection.
    init(
        address: SinkAddress, security: ClientSecurity, settings: MessageClientSettings
    ) throws(MessagingError) {
        self.settings = settings
        var options = CallOptions.defaults
        options.waitForReady = false
        self.options = options
        deadlines = DeadlineWatch(limit: settings.deadline)
        reachability = Mutex(Reachability(patience: settings.patience.nanoseconds))
        let transportSecurity = try security.transport()
        do {
            transport = try HTTP2ClientTransport.Posix(
                target: address.target, transportSecurity: transportSecurity,
                config: Self.config(authority: security.authority(of: address), settings))
        } catch {
            throw .security(words: MessageWords.of(error))
        }
    }

    private static func config(
        authority: String?, _ settings: MessageClientSettings
    ) -> HTTP2ClientTransport.Posix.Config {
        .defaults { config in
            config.http2.authority = authority
            config.backoff = HTTP2ClientTransport.Config.Backoff(
                initial: .milliseconds(50), max: .seconds(1), multiplier: 1.6, jitter: 0.2)
            config.channelDebuggingCallbacks = SilentConnection.callbacks(limit: settings.connectTimeout)
        }
    }

    /// Keeps the connection, until ``disconnect()`` or the task's cancellation.
    func connect() async throws { try await transport.connect() }

    /// Ends calls that are past their deadline, until the task is cancelled.
    func endLateCalls() async { await deadlines.run() }

    /// Ends the connection once no call is on it.
    func disconnect() { transport.beginGracefulShutdown() }

    /// Makes a call: sends the messages and waits for the one reply.
    func call<Reply: ProtobufReply>(
        _ method: MethodDescriptor, _ messages: [GRPCNIOTransportBytes], _ costs: inout PlacementCosts
    ) async -> Answer<Reply> {
        if let longest = messages.map(\.count).max(), longest > settings.longestMessageBytes {
            return .failed(
                .resourceExhausted, "a message of \(longest) bytes: at most \(settings.longestMessageBytes) are sent")
        }
        let start = MonotonicClock.nanoseconds()
        let ending = await exchange(method, messages)
        costs.callNanoseconds += MonotonicClock.nanoseconds() - start
        if ending.wasMade {
            costs.calls += 1
            costs.bytesOut += messages.reduce(0) { $0 + $1.count }
        }
        note(ending)
        switch ending {
        case .replied(let bytes):
            costs.bytesIn += bytes.count
            return decode(bytes)
        case .status(let status, let words), .missed(let status, let words), .unmade(let status, let words):
            return Task.isCancelled ? .abandoned : .failed(status, words)
        }
    }

    private func decode<Reply: ProtobufReply>(_ bytes: GRPCNIOTransportBytes) -> Answer<Reply> {
        do {
            return .reply(try ProtobufDeserializer<Reply>().deserialize(bytes))
        } catch {
            return .failed(.internal, "the sink's reply can't be read: \(error)")
        }
    }

    // MARK: The exchange

    /// How an exchange ended.
    private enum Ending: Sendable {
        case replied(GRPCNIOTransportBytes)
        case status(MessageStatus, String)
        /// Nobody answered.
        case missed(MessageStatus, String)
        /// There was no connection to make it on.
        case unmade(MessageStatus, String)

        var wasMade: Bool {
            if case .unmade = self { false } else { true }
        }
    }

    private func exchange(_ method: MethodDescriptor, _ messages: [GRPCNIOTransportBytes]) async -> Ending {
        do {
            return try await transport.withStream(descriptor: method, options: options) { stream, _ in
                let ticket = deadlines.watch { await stream.outbound.finish(throwing: Self.late) }
                let ending = await Self.talk(messages, on: stream)
                guard deadlines.forget(ticket) else { return ending }
                return .missed(.deadlineExceeded, "no reply within \(settings.deadline)")
            }
        } catch {
            let status = (error as? RPCError).map { MessageStatus($0.code) } ?? .unavailable
            return .unmade(status, MessageWords.of(error))
        }
    }

    private static let late = RPCError(code: .deadlineExceeded, message: "no reply in time")

    private static func talk(_ messages: [GRPCNIOTransportBytes], on stream: Stream) async -> Ending {
        do {
            try await stream.outbound.write(contentsOf: [.metadata([:])] + messages.map { .message($0) })
            await stream.outbound.finish()
        } catch {
            // The sink may have answered before it had everything: then its status is the one to hear.
        }
        do {
            return try await listen(to: stream)
        } catch {
            return .status(.unavailable, MessageWords.of(error))
        }
    }

    private static func listen(to stream: Stream) async throws -> Ending {
        var reply: GRPCNIOTransportBytes?
        for try await part in stream.inbound {
            switch part {
            case .metadata: continue
            case .message(let bytes): reply = bytes
            case .status(let status, _):
                if let error = RPCError(status: status) { return .status(MessageStatus(error.code), error.message) }
                guard let reply else { return .status(.internal, "the sink replied without a message") }
                return .replied(reply)
            }
        }
        return .status(.unavailable, "the connection ended before the sink's reply")
    }

    // MARK: Reachability

    /// A reply, of whatever status, shows that the sink is there; `UNAVAILABLE` may be said by the sink or about it.
    private func note(_ ending: Ending) {
        let change: Reachability.Change? =
            switch ending {
            case .status(.unavailable, _): nil
            case .replied, .status: reachability.withLock { $0.replied() }
            case .missed(_, let words), .unmade(_, let words):
                Task.isCancelled
                    ? nil : reachability.withLock { $0.missed(at: MonotonicClock.nanoseconds(), words) }
            }
        if let change { settings.onReachability(change.isReachable, change.words) }
    }
}
