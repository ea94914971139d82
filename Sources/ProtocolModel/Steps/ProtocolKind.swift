/// The protocols that are modelled, by the names that a run gives them.
package enum ProtocolKind: String, Hashable, Sendable, CaseIterable {
    /// Scripts, claims with a list and a lease of their own.
    case lease
    /// Streams with a consumer group, a consumer a claim.
    case stream
    /// Move, then SET NX PX.
    case lock
    /// Move, then SETEX.
    case lockSetex = "lock-setex"
    /// LPOP and nothing else.
    case pop
}
