// For experiments: where in its course a process may be hit.
extension QueueProtocol {
    /// The commands, or scripts, by which each part of a process talks with the server in its ordinary course, in order.
    ///
    /// - Parameter concurrently: whether workers run many tasks at once without a thread for each; such a worker acks tasks
    ///   one by one.
    package func commands(of part: QueueConfiguration.Part, concurrently: Bool) -> [String] {
        switch (self, part) {
        case (.lease, .worker): ["claim", concurrently ? "ack_tasks" : "ack"]
        case (.lease, .keeper): ["renew"]
        case (.lease, .monitor): ["expired", "recover"]
        case (.lease, .producer): ["enqueue"]
        case (.stream, .worker): ["stream_claim", "stream_ack"]
        case (.stream, .keeper): ["stream_renew"]
        case (.stream, .monitor): ["stream_recover"]
        case (.stream, .producer): ["stream_enqueue"]
        case (.lock, .worker): ["LMOVE", "SET", "LREM", "DEL"]
        case (.lockSetex, .worker): ["LMOVE", "SETEX", "LREM", "DEL"]
        case (.lock, .keeper), (.lockSetex, .keeper): ["PEXPIRE"]
        case (.lock, .monitor), (.lockSetex, .monitor): ["LRANGE", "EXISTS", "RPUSH", "LREM"]
        case (.lock, .producer), (.lockSetex, .producer), (.pop, .producer): ["RPUSH"]
        case (.pop, .worker): ["LPOP"]
        case (.pop, .keeper), (.pop, .monitor): []
        case (_, .waiter): ["XREAD"]
        }
    }
}
