import Redis
import ReliableQueue

/// When claims were renewed, told from their leases' ends at one look after the other, where the server keeps nothing else.
/// Pure.
struct RenewalWatch {
    /// A lease's end moves by less when nobody renews it: two looks at it are not quite at the times that they say.
    private static let slack: Int64 = 50

    /// A lease's end and the look at which it was first there or had moved, in ms by Redis' clock.
    private var known: [String: (end: Int64, renewed: Int64?)] = [:]
    private var isFirst = true

    /// Takes a look into account; returns how long ago each claim was renewed, or made, at the most: `nil` for one that is as it
    /// was when it was first seen.
    mutating func note(_ sight: QueueSight) -> [String: Duration] {
        let now = sight.serverMilliseconds
        var (next, ages): ([String: (end: Int64, renewed: Int64?)], [String: Duration]) = ([:], [:])
        for claim in sight.claims {
            guard let left = claim.left else { continue }
            let end = now + left.milliseconds
            let before = known[claim.name]
            // At the first look nobody knows how long claims have been there.
            var renewed = before.map(\.renewed) ?? (isFirst ? nil : now)
            if let before, end > before.end + Self.slack { renewed = now }
            next[claim.name] = (end, renewed)
            if let age = claim.renewed ?? renewed.map({ .milliseconds(now - $0) }) { ages[claim.name] = age }
        }
        (known, isFirst) = (next, false)
        return ages
    }
}
