/// A figure that the model of a queue's cost says something of.
package enum CostFigure: String, CaseIterable, Sendable {
    /// CPU time of all Redis servers, at a pace that saturates nothing.
    case redis = "redis_us_per_task"
    /// CPU time of the workers' threads, likewise.
    case worker = "worker_us_per_task"
    /// Bytes between workers and servers.
    case bytes = "bytes_per_task"
    /// CPU time of all Redis servers, as fast as can be.
    case redisAtLimit = "redis_us_per_task_at_limit"
    /// CPU time of the workers' threads, likewise.
    case workerAtLimit = "worker_us_per_task_at_limit"
    /// Tasks that go round in a second on the host that was measured, as fast as can be.
    case throughput = "tasks_per_s_at_limit"
    /// Memory of Redis for a task that waits.
    case memory = "redis_memory_bytes_per_task"

    /// Between which claims things grow cold: CPU time rises with a power of the time between those.
    var gap: CostPoint.Gap? {
        switch self {
        case .redis, .redisAtLimit: .server
        case .worker, .workerAtLimit: .host
        case .bytes, .throughput, .memory: nil
        }
    }
}

/// What a figure may depend on.
package struct CostPoint: Sendable, Hashable {
    /// Redis processes.
    package var servers = 1
    /// Shards of the queue.
    package var shards = 1
    /// Workers at once.
    package var workers = 1
    /// Tasks of each claim and each batch.
    package var claim = 256
    /// How long it takes to a server and back, in microseconds.
    package var roundTripMicroseconds = 0.0
    /// Tasks a second that go round.
    package var rate = 0.0
    /// Bytes of each payload.
    package var payload = 0.0
    /// Tasks that wait.
    package var backlog = 0

    /// A point of the usual values.
    package init() {}

    /// From one claim to the next.
    package enum Gap: String, Sendable {
        /// At each server.
        case server = "a server's claims"
        /// Of all workers of the host.
        case host = "a host's claims"
    }

    /// How long that is, in seconds.
    package func seconds(between gap: Gap) -> Double {
        let claims = Double(claim) / max(1, rate)
        return gap == .server ? Double(servers) * claims : claims
    }
}

/// What was measured at a point: the median of its trials.
package struct CostCell: Sendable {
    /// The cell of a study.
    package let name: String
    /// Where it is.
    package let point: CostPoint
    /// What was seen there.
    package let figures: [CostFigure: Double]

    /// A cell of these values.
    package init(name: String, point: CostPoint, figures: [CostFigure: Double]) {
        (self.name, self.point, self.figures) = (name, point, figures)
    }
}
