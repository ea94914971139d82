/// Private servers between which the network can be slow or divided, if they were started so.
package protocol DivisibleServers {
    /// All of them.
    var all: [PrivateRedisServer] { get }
}

extension DivisibleServers {
    /// How long a round trip takes between any two of the servers, and between a client and a server; a connection takes one to
    /// be made. It is no time at first. What is under way already is not delayed further.
    ///
    /// - Precondition: they were started divisible.
    package var delay: Duration {
        get { network.conditions.delay }
        nonmutating set { network.change { $0.delay = newValue } }
    }

    /// Cuts these servers off from all others, in both directions: they reach each other, and no connection to or from another
    /// server breaks, but nothing passes over it until ``heal()``. Those that were cut off before stay so.
    ///
    /// - Parameter fromClients: whether clients don't reach them either; over a server's unix socket they always do.
    /// - Precondition: they were started divisible.
    package func isolate(_ servers: PrivateRedisServer..., fromClients: Bool = false) {
        network.change { $0.isolate(servers.map(\.link.address), fromClients: fromClients) }
    }

    /// Brings all servers and clients together again.
    ///
    /// - Precondition: they were started divisible.
    package func heal() { network.change { $0.heal() } }

    /// Ends the servers, removes their folders, and ends the network between them.
    func stopAll() {
        for server in all { server.stop() }
        all.first?.link.network?.stop()
    }

    private var network: DivisibleNetwork {
        guard let network = all.first?.link.network else {
            preconditionFailure("the servers were not started divisible")
        }
        return network
    }
}
