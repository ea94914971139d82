package import Redis
package import ReliableQueue

/// Which queue a process works on, as its command line says it.
package struct QueueAddress: Sendable {
    /// The server.
    package var endpoint: RedisEndpoint
    /// The queue's name; a run's own is `fibq:<run id>`.
    package var name: String
    /// How the queue uses Redis.
    package var queueProtocol: QueueProtocol
    /// Where the process is to hit itself.
    package var probe: ProcessFault?

    /// An address by its parts.
    package init(endpoint: RedisEndpoint, name: String, queueProtocol: QueueProtocol) {
        self.endpoint = endpoint
        self.name = name
        self.queueProtocol = queueProtocol
    }

    /// For opening the queue.
    package var configuration: QueueConfiguration {
        var configuration = QueueConfiguration(queueProtocol, at: endpoint, name: name)
        configuration.settings.probe = probe?.ofConnections
        return configuration
    }
}
