import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GRPCProtobuf
import Measurement

/// Places messages with a sink, over one connection that all callers of a process share.
///
/// A connection that breaks is made anew by itself, with pauses of up to a second, for as long as the client lives. A
/// call while there is none fails at once with `UNAVAILABLE`, and is tried again as the settings say. Safe to use from
/// any number of tasks. Placing again is safe by the sink's doing, so every transient failure is tried again.
package final class MessageClient: Sendable {
    private let calls: MessageCalls
    private let settings: MessageClientSettings

    init(_ calls: MessageCalls, _ settings: MessageClientSettings) {
        self.calls = calls
        self.settings = settings
    }

    /// Places a message, with as many tries as the settings allow. It never throws: the outcome says it all.
    ///
    /// - Parameter isHeld: asked before each try and, every 20 ms, between them; false ends the placement at once
    ///   (``PlacementOutcome/abandoned``), as does cancelling the task.
    package func place(
        _ placement: Placement, while isHeld: @Sendable () -> Bool = { true }
    ) async -> PlacementResult {
        var costs = PlacementCosts()
        let outcome: PlacementOutcome
        do {
            let bytes: GRPCNIOTransportBytes = try ProtobufSerializer().serialize(placement.request)
            let answer: MessageCalls.Answer<Fibq_Messaging_V1_Receipt> = await answer(
                Fibq_Messaging_V1_MessageSink.Method.Place.descriptor, [bytes], isHeld, &costs)
            outcome = PlacementOutcome(answer)
        } catch {
            outcome = .failed(.internal, "the request can't be serialized: \(error)")
        }
        return PlacementResult(outcome: outcome, costs: costs)
    }

    /// Places many messages in one call, tried again as a whole; each has an outcome of its own.
    package func placeBatch(
        _ placements: [Placement], while isHeld: @Sendable () -> Bool = { true }
    ) async -> BatchResult {
        var costs = PlacementCosts()
        let outcomes: [PlacementOutcome]
        do {
            let messages: [GRPCNIOTransportBytes] = try placements.map { placement in
                try ProtobufSerializer().serialize(placement.request)
            }
            let answer: MessageCalls.Answer<Fibq_Messaging_V1_BatchReceipt> = await answer(
                Fibq_Messaging_V1_MessageSink.Method.PlaceBatch.descriptor, messages, isHeld, &costs)
            outcomes = PlacementOutcome.each(of: answer, count: placements.count)
        } catch {
            let outcome = PlacementOutcome.failed(.internal, "the request can't be serialized: \(error)")
            outcomes = placements.map { _ in outcome }
        }
        return BatchResult(outcomes: outcomes, costs: costs)
    }

    /// The answer of the first try that has one that lasts, or of the last.
    private func answer<Reply: ProtobufReply>(
        _ method: MethodDescriptor, _ messages: [GRPCNIOTransportBytes], _ isHeld: @Sendable () -> Bool,
        _ costs: inout PlacementCosts
    ) async -> MessageCalls.Answer<Reply> {
        var pauses = settings.retry.pauses()
        var random = SystemRandomNumberGenerator()
        while isHeld(), !Task.isCancelled {
            let answer: MessageCalls.Answer<Reply> = await calls.call(method, messages, &costs)
            guard case .failed(let status, _) = answer, status.isTransient, !Task.isCancelled else { return answer }
            guard let pause = pauses.next(using: &random) else { return answer }
            await rest(pause, isHeld, &costs)
        }
        return .abandoned
    }

    /// Waits, at most until the lease is lost.
    private func rest(_ pause: Duration, _ isHeld: @Sendable () -> Bool, _ costs: inout PlacementCosts) async {
        let start = MonotonicClock.nanoseconds()
        let end = start + pause.nanoseconds
        var now = start
        while now < end, isHeld(), !Task.isCancelled {
            // Cancellation ends the pause early; the loop sees it.
            try? await Task.sleep(for: .nanoseconds(min(end - now, 20_000_000)))
            now = MonotonicClock.nanoseconds()
        }
        costs.backoffNanoseconds += now - start
    }
}

/// Connects to a sink for as long as `body` runs.
///
/// The connection is made with the first call. A sink that is down is no error here: calls fail until it is up.
///
/// - Throws: ``MessagingError`` when the trust roots can't be read or used, and what `body` throws.
package func withMessageClient<Result: Sendable>(
    address: SinkAddress, security: ClientSecurity = .plaintext,
    settings: MessageClientSettings = MessageClientSettings(),
    _ body: (MessageClient) async throws -> Result
) async throws -> Result {
    let calls = try MessageCalls(address: address, security: security, settings: settings)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await calls.connect() }
        group.addTask { await calls.endLateCalls() }
        defer {
            calls.disconnect()
            group.cancelAll()
        }
        return try await body(MessageClient(calls, settings))
    }
}
