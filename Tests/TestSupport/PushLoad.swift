import Glibc
import Processes
package import Redis
import Synchronization

/// A client that pushes the numbers from 1 on to a list, a pipeline at a time, until the server goes, and counts what was
/// acknowledged.
package final class PushLoad: Sendable {
    /// What the server has acknowledged, and what was sent to it in all.
    package struct Count: Sendable {
        /// Pushes with a reply.
        package var acknowledged = 0
        /// Pushes sent: those without a reply may have happened too.
        package var sent = 0
    }

    /// The list.
    package let key: String
    private let count: Counter
    private let thread: DedicatedThread

    private final class Counter: Sendable {
        let count = Mutex(Count())
    }

    /// Starts to push.
    ///
    /// - Parameters:
    ///   - batch: the pushes in a pipeline.
    ///   - pause: between a pipeline's last reply and the next one.
    package init(to endpoint: RedisEndpoint, key: String, batch: Int, pause: Duration = .zero) {
        self.key = key
        let counter = Counter()
        count = counter
        thread = DedicatedThread(name: "push") {
            // It ends as it is meant to: with the connection.
            try? Self.push(to: endpoint, key, batch, pause: UInt32(pause.microseconds), counter)
        }
    }

    /// How many pushes have a reply so far.
    package var acknowledged: Int { count.count.withLock { $0.acknowledged } }

    /// Waits until so much is acknowledged; false when it takes too long.
    package func awaitAcknowledged(_ wanted: Int) -> Bool {
        eventually { acknowledged >= wanted }
    }

    /// The count once the server is gone.
    package func end() -> Count {
        thread.join()
        return count.count.withLock { $0 }
    }

    private static func push(
        to endpoint: RedisEndpoint, _ key: String, _ batch: Int, pause: UInt32, _ counter: Counter
    ) throws(RedisError) {
        let connection = try RedisConnection(to: endpoint)
        for start in stride(from: 1, to: .max, by: batch) {
            for number in start..<start + batch {
                connection.append { writer in
                    writer.command("RPUSH", arguments: 2)
                    writer.argument(key)
                    writer.argument(number)
                }
            }
            counter.count.withLock { $0.sent += batch }
            for _ in 0..<batch {
                _ = try connection.receive()
                counter.count.withLock { $0.acknowledged += 1 }
            }
            if pause > 0 { usleep(pause) }
        }
    }
}

/// What a server that came back still has of a ``PushLoad``.
package struct PushSurvivors {
    /// How many numbers.
    package let count: Int
    /// True when they are the first ones that were pushed, without a gap.
    package let isPrefix: Bool

    /// Looks at the list.
    @available(*, noasync, message: "blocks its thread")
    package init(of key: String, at endpoint: RedisEndpoint) throws(RedisError) {
        let connection = try RedisConnection(to: endpoint)
        count = try connection.call("LLEN", key).integer()
        // Numbers are pushed in order by one client: if the last one has the place it was pushed to, none is missing.
        isPrefix = count == 0 ? true : try connection.call("LINDEX", key, "-1").text() == String(count)
    }

    /// How many acknowledged pushes are gone.
    package func lost(of count: PushLoad.Count) -> Int { max(0, count.acknowledged - self.count) }
}
