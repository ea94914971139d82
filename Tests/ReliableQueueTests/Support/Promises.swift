import ReliableQueue
import TestSupport

/// What a protocol promises, as the conformance suite understands it.
extension QueueProtocol {
    /// Those whose claims have tokens, and whose scripts are one step each.
    static let fenced = [QueueProtocol.lease, .stream]

    /// A claim may hold more than one task.
    var claimsMany: Bool { self == .lease || self == .stream || self == .pop }
    /// The work of a worker that vanished comes back.
    var recovers: Bool { self != .pop }
    /// A batch that is sent twice is enqueued once.
    var remembersProducers: Bool { self == .lease || self == .stream }
    /// What is given back is claimed before all else.
    var releasesToTheHead: Bool { self != .stream }
    /// Failures are counted, and too many make a dead letter.
    var countsFailures: Bool { self != .pop }
}

extension TestQueue {
    /// Every key but the wake-up marker and the bookkeeping.
    func places() throws -> [String: KeyContent] { try state().filter { $0.key != "wake" } }

    /// The keys of one claim that still holds `tasks`.
    func held(_ claim: Claim, _ tasks: [String]) -> [String: KeyContent] {
        switch configuration.queueProtocol {
        case .lease:
            let header = claim.isRedelivery ? "\(claim.token):r" : "\(claim.token)"
            return ["claim:\(claim.id)": .list([header] + tasks), "leases": .sorted([claim.id])]
        case .stream:
            return ["\(claim.isRedelivery ? "retry" : "pending"):\(claim.id)": .list(tasks)]
        case .lock, .lockSetex:
            return ["processing": .list(tasks)]
        case .pop:
            return [:]
        }
    }

    /// The same without locks, whose value is the worker's secret.
    func placesWithoutLocks() throws -> [String: KeyContent] {
        try places().filter { !$0.key.hasPrefix("lock:") }
    }

    /// The lists' keys.
    func lists(_ lists: [String: [String]]) -> [String: KeyContent] { lists.mapValues { .list($0) } }
}
