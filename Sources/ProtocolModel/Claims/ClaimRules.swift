/// The rules of `lease` and `stream`, each of which can be switched off, to see that the search notices.
///
/// As they are by default is what the queue does. H1 to H11 are the holes that they close, found before it was
/// built; F1 and F3 are some that this search found in it.
package struct ClaimRules: Hashable, Sendable {
    /// The server accepts the batch after the last one only (H1); otherwise whatever is not below the last one.
    package var acceptsOnlyNextBatch = true
    /// A producer asks for the last batch that the server has before it ends (H11).
    package var asksForLastBatch = true
    /// The server keeps a producer's last number after that has ended, for longer than any request can be late (F1).
    package var remembersFinishedProducers = true

    /// The replication id is compared, too, so that a failover and back is noticed (H3).
    package var comparesReplicationID = true
    /// No command is sent before the handshake (H4).
    package var handshakesFirst = true
    /// A new epoch is later than any before, since it follows the time (H2).
    package var epochFollowsTime = true
    /// A new epoch is later than any that this client has seen.
    package var epochFollowsClient = true

    /// How a claim gets its name.
    package enum Naming: Hashable, Sendable {
        /// By its maker: a name for each start of a worker, and the number of the request.
        case nonce
        /// By its token, which Redis can roll back (H2).
        case token
        /// By its worker's place, which a successor takes over (H10).
        case slot
    }
    /// How a claim gets its name (H2, H10).
    package var naming = Naming.nonce

    /// A waiting worker blocks on a marker and then claims by script (H5, H6); otherwise on a move into a claim that it
    /// registered before.
    package var blocksOnMarker = true
    /// Recovery leaves empty claims alone: an answer to H5 that leaves H6.
    package var keepsEmptyClaims = false
    /// The ack of a whole claim is refused when the claim holds another number of tasks (H6).
    package var ackComparesLength = true

    /// A claim that leaves tasks sets the marker again (H7).
    package var chainsMarkers = true
    /// A recovery sets the marker (H7).
    package var recoverySetsMarker = true
    /// A monitor that finds something to claim sets the marker, should it have been lost.
    package var monitorSetsLostMarker = true
    /// A worker that took the marker and a task hands the watch over delayed tasks on.
    package var handsWatchOn = true

    /// A worker that leaves while something is delayed sets the marker, so that another watches (F3a).
    package var leavingHandsWatchOn = true
    /// A claim that finds nothing leaves the marker while something is delayed, since its answer may reach nobody (F3b).
    package var keepsMarkerWhileDelayed = true
    /// A worker whose claim turns out to be gone claims again at once (F3c); otherwise it waits.
    package var claimsAnewWhenGone = true

    /// A second loss counts only when the worker had confirmed that it begins (H8).
    package var countsConfirmedOnly = true
    /// Recovery takes claims whole (H9).
    package var recoversWhole = true
    /// An ack ends only what its claim holds (H9); for `stream`, which entries that claim holds is looked up.
    package var ackTestsMembership = true
    /// The ack of a whole claim ends all that it names or nothing, for `stream`, where recovery may have left some of it.
    package var acksWholeOrNone = true
    /// Recovery looks whether a claim is still expired (H10).
    package var recoveryLooksAgain = true

    /// The sink keeps each task's first receipt for ever.
    package var sinkKeepsReceipts = true
    /// The sink refuses a token lower than one that it saw.
    package var sinkComparesTokens = true

    /// The rules as they are.
    package init() {}

    /// A copy that `change` has changed.
    package func with(_ change: (inout ClaimRules) -> Void) -> ClaimRules {
        var copy = self
        change(&copy)
        return copy
    }
}
