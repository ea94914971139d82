/// Finds the server that a connection is to work on, and finds it again once it is another: decides what comes next, and talks
/// to nobody itself.
///
/// One server is where its address says. The master that Sentinels watch is where most of them say, and among those the one
/// that knows of the newest failover: one that is cut off still names the old master. A Cluster's node is the one that has the
/// connection's slot, says any node's map; a map that is old is corrected by the node that it leads to (MOVED).
package struct ServerSearch {
    /// What to do next.
    package enum Step: Equatable {
        /// Connect there, shake hands, and work; then ``didFail(_:)`` if that fails.
        case connect(RedisEndpoint)
        /// Ask that Sentinel for the master of this name; ``didHear(of:)`` takes what it says.
        case askSentinel(RedisEndpoint, master: String)
        /// Ask that node for its map; ``didHear(of:)`` takes it.
        case askNode(RedisEndpoint)
        /// It can't be found for now.
        case fail(RedisError)
    }

    /// What came of a question.
    package enum Finding {
        /// A Sentinel's view.
        case master(SentinelView)
        /// The Sentinel watches no master of that name.
        case noSuchMaster
        /// A node's map.
        case map(SlotMap)
        /// Nothing.
        case failed(RedisError)
    }

    /// How often one attempt follows MOVED from node to node.
    private static let mostHops = 5

    private let endpoint: RedisEndpoint
    private let slot: HashSlot?
    /// Sentinels or nodes that may be asked, the likeliest to answer first.
    private var informants: [RedisHost]
    /// Where the server was last.
    private var home: RedisHost?

    // Of one attempt.
    private var unasked: [RedisHost] = []
    private var asked: RedisHost?
    private var views: [SentinelView] = []
    private var isUnknownToOne = false
    /// True once somebody had an answer: the address is right then.
    private var isAnswered = false
    private var failure: RedisError?
    private var hops = 0
    /// Where it was sought already.
    private var sought: Set<RedisHost> = []
    /// Who led to ``home``.
    private var guide: RedisHost?

    /// A search for the server of this address, in a Cluster for the one with `slot`; with none, for any master.
    package init(for endpoint: RedisEndpoint, slot: HashSlot?) {
        self.endpoint = endpoint
        self.slot = slot
        informants =
            switch endpoint.address {
            case .unixSocket, .tcp: []
            case .sentinel(_, let hosts), .cluster(let hosts): hosts
            }
    }

    /// Begins an attempt.
    package mutating func begin() -> Step {
        (unasked, asked, views, isUnknownToOne, isAnswered) = (informants, nil, [], false, false)
        (failure, hops, sought) = (nil, 0, [])
        switch endpoint.address {
        case .unixSocket, .tcp: return .connect(endpoint)
        case .sentinel: return askNext()
        case .cluster: return home.map { .connect(endpoint.node(at: $0)) } ?? askNext()
        }
    }

    /// Takes the answer to the question that was the last step.
    package mutating func didHear(of finding: Finding) -> Step {
        if case .failed = finding {
            if let asked { putLast(asked) }
        } else {
            isAnswered = true
        }
        switch finding {
        case .master(let view): return weigh(view)
        case .noSuchMaster: isUnknownToOne = true
        case .map(let map): if let step = use(map) { return step }
        case .failed(let error): failure = error
        }
        return askNext()
    }

    /// The server was not there, did not shake hands, or is the wrong one: what now?
    package mutating func didFail(_ error: RedisError) -> Step {
        if isOfCluster, let moved = Redirection(error, from: home) {
            home = moved.host
            hops += 1
            guard hops <= Self.mostHops else {
                loseHome()
                return .fail(.connectionLost(code: 0, words: "the nodes of the cluster send each other every slot"))
            }
            return .connect(endpoint.node(at: moved.host))
        }
        guard endpoint.isOneOfMany else { return .fail(error) }
        // That is where it was: somebody may know better.
        loseHome()
        let failure = Self.passing(error)
        guard isOfCluster, !unasked.isEmpty, endpoint.isPassing(error) else { return .fail(failure) }
        self.failure = failure
        return askNext()
    }

    /// Others answered, so the address is right, and a server that can't be reached will be replaced.
    private static func passing(_ error: RedisError) -> RedisError {
        guard case .unreachable(let place, let code, let words) = error else { return error }
        return .connectionLost(code: code, words: "\(place): \(words)")
    }

    /// Why a server that was found is not the right one; `nil` when it is.
    package func objection(to server: RedisServerInfo) -> RedisError? {
        guard endpoint.isOneOfMany, server.fields["role"] == "slave" else { return nil }
        return .connectionLost(code: 0, words: "\(home.map { "\($0)" } ?? "the server") is a replica by now")
    }

    /// What to do about a refusal that comes of where the server is.
    package mutating func remedy(for error: RedisError) -> Remedy {
        guard endpoint.isOneOfMany else { return .none }
        if isOfCluster, let moved = Redirection(error, from: home) {
            home = moved.host
            return .reconnect
        }
        // It has become a replica, or has lost sight of the others: of its replicas, too, when it is to hear from some before it
        // writes, and then another may have been made master already.
        let signs = ["READONLY", "UNBLOCKED", "MASTERDOWN", "CLUSTERDOWN", "LOADING", "NOREPLICAS"]
        if error.isRefusal(signs) || error.isOfReplica {
            loseHome()
            return .reconnect
        }
        // A slot is on its way to another node, and its keys are in two places: no node can carry out what names several of
        // them before they are together again.
        return error.isRefusal(["ASK", "TRYAGAIN"]) ? .wait : .none
    }

    // MARK: Asking

    private mutating func askNext() -> Step {
        guard !unasked.isEmpty else { return conclude() }
        let host = unasked.removeFirst()
        asked = host
        if case .sentinel(let name, _) = endpoint.address {
            return .askSentinel(endpoint.sentinel(at: host), master: name)
        }
        return .askNode(endpoint.node(at: host))
    }

    /// Most Sentinels that are known make an answer: each failover was voted for by most of them, so one of these knows the
    /// newest.
    private mutating func weigh(_ view: SentinelView) -> Step {
        views.append(view)
        for other in view.others where !informants.contains(other) {
            informants.append(other)
            unasked.append(other)
        }
        return views.count > informants.count / 2 ? conclude() : askNext()
    }

    private mutating func use(_ map: SlotMap) -> Step? {
        informants += map.nodes.filter { !informants.contains($0) }
        guard let home = slot.map(map.master(of:)) ?? map.nodes.first else {
            failure = .connectionLost(code: 0, words: "no node of the cluster has the queue's slot")
            return nil
        }
        // Where it was not is believed of nobody else in the same attempt.
        guard sought.insert(home).inserted else { return nil }
        (self.home, guide) = (home, asked)
        return .connect(endpoint.node(at: home))
    }

    /// Nobody is left to be asked, or enough were.
    private mutating func conclude() -> Step {
        if let newest = views.max(by: { $0.epoch < $1.epoch }) {
            home = newest.master
            return .connect(endpoint.node(at: newest.master))
        }
        if isUnknownToOne, failure == nil, case .sentinel(let name, _) = endpoint.address {
            return .fail(.noSuchMaster(name: name))
        }
        let failure = failure ?? .connectionLost(code: 0, words: "nobody is there to be asked")
        return .fail(isAnswered ? Self.passing(failure) : failure)
    }

    /// The server is not where it was, and whoever led there is asked last the next time.
    private mutating func loseHome() {
        if let guide { putLast(guide) }
        if let home { sought.insert(home) }
        (home, guide) = (nil, nil)
    }

    private mutating func putLast(_ informant: RedisHost) {
        guard let place = informants.firstIndex(of: informant) else { return }
        informants.append(informants.remove(at: place))
    }

    private var isOfCluster: Bool {
        if case .cluster = endpoint.address { return true }
        return false
    }
}
