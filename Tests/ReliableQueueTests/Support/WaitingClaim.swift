import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport

/// A worker on a thread of its own that waits for something to claim, once.
final class WaitingClaim {
    /// The server's number of its connection.
    let clientID: Int
    private let progress = Progress()
    private let thread: DedicatedThread
    private let raw: RedisConnection

    private final class Progress: Sendable {
        let client = Mutex<Int?>(nil)
        let names = Mutex<[String]?>(nil)
    }

    /// Starts to wait.
    init(_ test: TestQueue, limit: Int = 256, upTo longest: Duration) throws {
        raw = test.raw
        thread = DedicatedThread(name: "waiting") { [progress, configuration = test.configuration] in
            do {
                let queue = try configuration.open()
                progress.client.withLock { $0 = queue.connection.clientID }
                let claim = try queue.awaitClaim(ClaimRequest(limit: limit), upTo: longest).claim
                progress.names.withLock { $0 = claim?.names ?? [] }
            } catch {
                progress.names.withLock { $0 = ["\(error)"] }
            }
        }
        _ = eventually { [progress] in progress.client.withLock { $0 } != nil }
        clientID = progress.client.withLock { $0 } ?? 0
    }

    /// True once it is blocked on the server; false when it isn't after a long time.
    func isBlocked() throws -> Bool {
        try eventually {
            let line = try raw.call("CLIENT", "LIST", "ID", String(clientID)).text()
            return line.contains(" flags=b")
        }
    }

    /// What it claimed, or `nil` while it waits.
    var claimed: [String]? { progress.names.withLock { $0 } }

    /// What it claimed, once it has.
    func names() -> [String] {
        thread.join()
        return claimed ?? []
    }
}
