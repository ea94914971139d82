import Redis
import ReliableQueue
import Reporting

/// When claims were renewed, told from their leases' ends at one look after the other, where the server keeps nothing else.
/// Pure.
struct RenewalWatch {
    /// A lease's end moves by less when nobody renews it: two looks at it are not quite at the times that they say.
    private static let slack: Int64 = 50

    /// A lease as it was seen, in ms by Redis' clock.
    private struct Known {
        /// Its end.
        var end: Int64
        /// The look at which it was first there, or at which its end had moved.
        var since: Int64
        /// False while that is the very first look: the claim may be older by any time.
        var isSeen: Bool

        func renewal(at now: Int64) -> TopPage.Claim.Renewal? {
            let seconds = Double(now - since) / 1_000
            return isSeen ? .ago(seconds) : seconds > 0 ? .atLeast(seconds) : nil
        }
    }

    private var known: [String: Known] = [:]
    private var isFirst = true

    /// Takes a look into account; returns how long ago each claim was renewed, or made, to an interval between looks: at least so
    /// long for one that is as it was at the first look, and nothing at that look.
    mutating func note(_ sight: QueueSight) -> [String: TopPage.Claim.Renewal] {
        let now = sight.serverMilliseconds
        var (next, renewals): ([String: Known], [String: TopPage.Claim.Renewal]) = ([:], [:])
        for claim in sight.claims {
            guard let left = claim.left else { continue }
            let end = now + left.milliseconds
            var lease = known[claim.name] ?? Known(end: end, since: now, isSeen: !isFirst)
            if end > lease.end + Self.slack { (lease.since, lease.isSeen) = (now, true) }
            lease.end = end
            next[claim.name] = lease
            renewals[claim.name] = claim.renewed.map { .ago($0.seconds) } ?? lease.renewal(at: now)
        }
        (known, isFirst) = (next, false)
        return renewals
    }
}
