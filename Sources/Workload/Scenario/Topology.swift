/// How the Redis servers of a run stand together.
package enum Topology: String, CaseIterable, Hashable, Sendable {
    /// One server, with the replicas that its durability asks for.
    case standalone
    /// A master, two replicas, and three Sentinels that choose who follows a master.
    case sentinel
    /// A Redis Cluster of three masters, each with a replica.
    case cluster

    /// Reads its name.
    package init(named name: String) throws(WorkloadError) {
        guard let known = Topology(rawValue: name) else {
            throw .unknown(what: "topology", name: name, allowed: Self.allCases.map(\.rawValue))
        }
        self = known
    }

    /// How many replicas a master has; `nil` for as many as its durability asks for.
    package var replicas: Int? {
        switch self {
        case .standalone: nil
        case .sentinel: 2
        case .cluster: 1
        }
    }
}

extension Scenario {
    /// How many replicas a master of the run's own servers has.
    package var replicas: Int { topology.replicas ?? replicasOfDurability }

    /// How many replicas must have what counts as acknowledged.
    var replicasOfDurability: Int {
        durability.hasPrefix("replicated:") ? Int(durability.dropFirst("replicated:".count)) ?? 0 : 0
    }
}
