import Redis
import ReliableQueue

/// A Redis server of its own, with a queue of ``FibonacciTasks``. What it does counts for another process.
struct BenchmarkServer {
    private let server: PrivateRedisServer

    /// Starts one.
    init() throws { server = try PrivateRedisServer() }

    /// A connection to it.
    func connect() throws -> RedisConnection { try RedisConnection(to: server.endpoint) }

    /// A claim of one batch of tasks, by a worker's connection.
    func claim() throws -> Claim {
        let queue = try QueueConfiguration(.lease, at: server.endpoint, name: "micro").open()
        var tasks = FibonacciTasks()
        try QueueProducer(queue: queue).enqueue(tasks.fill(from: hidden(1_000_000)))
        let request = ClaimRequest(limit: FibonacciTasks.count, shortestLease: .seconds(3_000))
        let exchange = try queue.exchange(acking: nil, claiming: request)
        guard let claim = exchange.claim, claim.count == FibonacciTasks.count else {
            preconditionFailure("the queue gave another claim than was asked for")
        }
        return claim
    }
}
