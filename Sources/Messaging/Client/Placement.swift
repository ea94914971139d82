package import FoundationEssentials
import SwiftProtobuf

/// A message to be placed for a task.
package struct Placement: Sendable {
    /// The task that it belongs to.
    package var task: TaskIdentity
    /// The token of the claim under which the task runs; `nil` from a queue without tokens.
    package var token: PlacementToken?
    /// What is said.
    package var body: Data

    /// A message.
    package init(task: TaskIdentity, token: PlacementToken?, body: Data) {
        self.task = task
        self.token = token
        self.body = body
    }

    /// The same with a body of bytes, which are copied.
    package init(task: TaskIdentity, token: PlacementToken?, body: [UInt8]) {
        self.init(task: task, token: token, body: Data(body))
    }

    /// For the wire.
    var request: Fibq_Messaging_V1_PlaceRequest {
        .with { request in
            request.task.producer = task.producer
            request.task.batch = task.batch
            request.task.index = task.index
            if let token {
                request.token.epoch = token.epoch
                request.token.sequence = token.sequence
            } else {
                request.unfenced = Fibq_Messaging_V1_Unfenced()
            }
            request.body = body
        }
    }
}
