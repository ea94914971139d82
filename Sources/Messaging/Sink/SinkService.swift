import GRPCCore
import SwiftProtobuf

/// What a sink does with its calls: rehearse a bad day, judge the request, place the message, count.
struct SinkService: Fibq_Messaging_V1_MessageSink.SimpleServiceProtocol {
    /// Where messages go.
    let store: LedgerStore
    /// What is counted, and which faults come next.
    let tally: SinkTally
    /// The status of injected failures.
    let failedStatus: MessageStatus
    /// A longer body is refused.
    let longestBody: Int

    func place(
        request: Fibq_Messaging_V1_PlaceRequest, context: ServerContext
    ) async throws -> Fibq_Messaging_V1_Receipt {
        try await place(request)
    }

    /// Each request of the stream stands for itself: a refused one does not stop the others. One after another, so a
    /// batch keeps its order, and its requests before an injected fault stay placed.
    func placeBatch(
        request: RPCAsyncSequence<Fibq_Messaging_V1_PlaceRequest, any Error>, context: ServerContext
    ) async throws -> Fibq_Messaging_V1_BatchReceipt {
        var receipt = Fibq_Messaging_V1_BatchReceipt()
        for try await request in request {
            receipt.results.append(try await result(of: request))
        }
        return receipt
    }

    private func result(
        of request: Fibq_Messaging_V1_PlaceRequest
    ) async throws(RPCError) -> Fibq_Messaging_V1_PlaceResult {
        do throws(RPCError) {
            let receipt = try await place(request)
            return .with { $0.receipt = receipt }
        } catch {
            if error == ConnectionDrop.error { throw error }
            return .with {
                $0.refusal.code = UInt32(error.code.rawValue)
                $0.refusal.words = error.message
            }
        }
    }

    private func place(_ request: Fibq_Messaging_V1_PlaceRequest) async throws(RPCError) -> Fibq_Messaging_V1_Receipt {
        let fault = tally.arrived(bytes: request.body.count)
        let placement = try judge(request)
        if fault.delay > .zero { try await delay(fault.delay) }
        try inject(fault, .beforePlacing)
        let placing = try await store(placement)
        try inject(fault, .afterPlacing)
        return try placing.receipt()
    }

    /// What is to be placed, once it is known that it is well-formed and not superseded on arrival.
    private func judge(_ request: Fibq_Messaging_V1_PlaceRequest) throws(RPCError) -> LedgerStore.Request {
        let placement: LedgerStore.Request
        do throws(RPCError) {
            placement = try LedgerStore.Request(request, longestBody: longestBody)
        } catch {
            tally.count(\.invalid)
            throw error
        }
        if case .superseded(let highest) = store.arrive(placement.task, placement.token) {
            tally.count(\.refused)
            throw .superseded(by: highest)
        }
        return placement
    }

    /// A sink that is stopped by force does not wait.
    private func delay(_ delay: Duration) async throws(RPCError) {
        do {
            try await Task.sleep(for: delay)
        } catch {
            throw RPCError(code: .unavailable, message: "the sink stops")
        }
    }

    private func inject(_ fault: SinkFault, _ moment: SinkFault.Moment) throws(RPCError) {
        guard fault.moment == moment else { return }
        switch fault.ending {
        case .failed:
            tally.count(\.failed)
            throw RPCError(code: failedStatus.code, message: "an injected failure")
        case .dropped:
            tally.count(\.dropped)
            throw ConnectionDrop.error
        case nil:
            return
        }
    }

    private func store(_ placement: LedgerStore.Request) async throws(RPCError) -> PlacementLedger.Placing {
        switch await store.place(placement) {
        case .success(let placing):
            tally.count(placing)
            return placing
        case .failure(let failure):
            tally.count(\.unstored)
            throw RPCError(code: .unavailable, message: "the sink cannot store messages: \(failure)")
        }
    }
}
