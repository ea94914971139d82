import Synchronization

/// Renews the leases that a worker's slots hold, on a thread and a connection of its own for each shard, so that a core full of
/// computation does not look dead. A claim that is over before a third of its lease has passed costs nothing but its
/// entry here.
package final class LeaseKeeper: Sendable {
    /// Not by their names: in `lock` one worker may come to hold two of the same.
    private let held = Mutex<[ObjectIdentifier: Lease]>([:])
    private let tick: Duration

    /// - Parameter shortestLease: how short a lease may be; a third of it is how often the keeper looks.
    package init(shortestLease: Duration) {
        tick = max(.milliseconds(5), shortestLease / 3)
    }

    /// From now on, renew this lease.
    package func keep(_ lease: Lease) {
        held.withLock { $0[ObjectIdentifier(lease)] = lease }
    }

    /// The claim is over.
    package func letGo(_ lease: Lease) {
        held.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(lease)) }
    }

    /// Renews the leases of one shard until `done` is set, each once a third of the shortest lease has passed since it began.
    package func run(on queue: any TaskQueue, shard: Int = 0, until done: StopSignal) throws(QueueError) {
        while !done.wait(upTo: tick) {
            let due = due(of: shard, at: monotonicNanoseconds())
            if !due.isEmpty { try renew(due, by: queue.renew) }
        }
    }

    /// Asks for the server's word on a lease that has lapsed, for who is about to start something under it, and renews it; waits
    /// for a server that can't be reached. False when the claim is gone.
    ///
    /// A word that was on its way for longer than the lease lasts says nothing, and is asked for again; where the server is always
    /// that slow, it has to do.
    func secure(_ lease: Lease, on claims: any ClaimSource) throws(QueueError) -> Bool {
        for _ in 0..<3 where lease.hasLapsed && !lease.isLost { try renew([lease], by: claims.renew) }
        return !lease.isLost
    }

    private func renew(
        _ leases: [Lease], by renew: ([Lease]) throws(QueueError) -> [Bool]
    ) throws(QueueError) {
        let asked = monotonicNanoseconds()
        for (lease, isHeld) in zip(leases, try renew(leases)) {
            if isHeld { lease.wasRenewed(askedAt: asked) } else { lost(lease) }
        }
    }

    private func due(of shard: Int, at now: UInt64) -> [Lease] {
        held.withLock { held in
            held.values.filter { $0.shard == shard && now >= $0.began + tick.monotonicNanoseconds }
        }
    }

    private func lost(_ lease: Lease) {
        // A claim that was acked while the renewal was on its way is gone too, but nobody holds it any more.
        held.withLock { held in
            if held.removeValue(forKey: ObjectIdentifier(lease)) != nil { lease.markLost() }
        }
    }
}
