/// One message as the ledger's file has it, without its body.
package struct LedgerEntry: Equatable, Sendable {
    /// The task that it belongs to.
    package let task: TaskIdentity
    /// The token that it came with; `nil` from a queue without tokens.
    package let token: PlacementToken?
    /// The number of its receipt.
    package let number: UInt64
    /// When it arrived, by the monotonic clock of the sink's host, in nanoseconds.
    package let received: UInt64
    /// The same in nanoseconds since 1970-01-01T00:00:00Z.
    package let receivedUnix: UInt64
    /// Bytes of its body, whether or not the file has them.
    package let bodyBytes: Int

    /// Describes a message.
    package init(
        task: TaskIdentity, token: PlacementToken?, number: UInt64, received: UInt64, receivedUnix: UInt64,
        bodyBytes: Int
    ) {
        self.task = task
        self.token = token
        self.number = number
        self.received = received
        self.receivedUnix = receivedUnix
        self.bodyBytes = bodyBytes
    }
}
