import GRPCCore
import SwiftProtobuf

/// A request taken apart: what it asks to be placed, and under which token.
extension LedgerStore.Request {
    /// Reads a request.
    ///
    /// - Throws: `INVALID_ARGUMENT` without a task, a producer or a fence, or with a token that no queue issues (0 in it);
    ///   `RESOURCE_EXHAUSTED` with a body over the limit.
    init(_ request: Fibq_Messaging_V1_PlaceRequest, longestBody: Int) throws(RPCError) {
        guard request.hasTask, request.task.producer > 0 else {
            throw RPCError(code: .invalidArgument, message: "a task identity with a producer above 0 is missing")
        }
        guard request.body.count <= longestBody else {
            throw RPCError(
                code: .resourceExhausted,
                message: "a body of \(request.body.count) bytes: this sink takes up to \(longestBody)")
        }
        self.init(
            task: TaskIdentity(request.task), token: try Self.token(of: request), body: request.body)
    }

    private static func token(of request: Fibq_Messaging_V1_PlaceRequest) throws(RPCError) -> PlacementToken? {
        switch request.fence {
        case .unfenced:
            return nil
        case .token(let token):
            guard token.epoch > 0, token.sequence > 0 else {
                throw RPCError(
                    code: .invalidArgument, message: "unknown token \(token.epoch).\(token.sequence): both count from 1"
                )
            }
            return PlacementToken(epoch: token.epoch, sequence: token.sequence)
        case nil:
            throw RPCError(
                code: .invalidArgument, message: "a fence is missing: give a token, or say that there is none")
        }
    }
}

extension TaskIdentity {
    /// The identity in a request.
    init(_ task: Fibq_Messaging_V1_TaskIdentity) {
        self.init(producer: task.producer, batch: task.batch, index: task.index)
    }
}

extension PlacementLedger.Placing {
    /// The receipt of a request that was not refused.
    ///
    /// - Throws: `FAILED_PRECONDITION` when it was.
    func receipt() throws(RPCError) -> Fibq_Messaging_V1_Receipt {
        switch self {
        case .placed(let number): return .with { $0.number = number }
        case .repeated(let number):
            return .with {
                $0.number = number
                $0.repeated = true
            }
        case .superseded(let highest): throw .superseded(by: highest)
        }
    }
}

extension RPCError {
    /// A later token has been seen.
    static func superseded(by highest: PlacementToken) -> RPCError {
        RPCError(
            code: .failedPrecondition, message: "superseded: the task's claim \(highest) is later than this request's")
    }
}
