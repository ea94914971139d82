import Foundation
import Messaging

extension TaskIdentity {
    /// The task of this index.
    static func sample(_ index: UInt32) -> TaskIdentity { TaskIdentity(producer: 1, batch: 1, index: index) }
}

extension PlacementToken {
    /// The token of this sequence.
    static func sample(_ sequence: UInt64) -> PlacementToken { PlacementToken(epoch: 1, sequence: sequence) }
}

extension LedgerStore.Request {
    /// A request for the task of this index, with as many bytes as that unless told otherwise.
    static func sample(_ index: UInt32, token: UInt64? = nil, bytes: Int? = nil) -> LedgerStore.Request {
        LedgerStore.Request(
            task: .sample(index), token: token.map { .sample($0) }, body: Data(count: bytes ?? Int(index)))
    }
}

extension Placement {
    /// A placement for the task of this index.
    static func sample(_ index: UInt32, token: UInt64? = nil, bytes: Int = 256) -> Placement {
        Placement(task: .sample(index), token: token.map { .sample($0) }, body: [UInt8](repeating: 7, count: bytes))
    }
}
