import Processes
import Redis
import ReliableQueue
import TestSupport

// Ways to make things go wrong.
extension TestQueue {
    /// Runs `body`, whose first round trip the server carries out and answers to nobody: the connection then breaks.
    ///
    /// - Parameter meanwhile: what happens between the loss of the reply and the loss of the connection, seen from
    ///   another client's side.
    func losingTheReply<Value>(
        of queue: any TaskQueue, meanwhile: @escaping @Sendable (TestQueue) throws -> Void = { _ in },
        _ body: () throws -> Value
    ) throws -> Value {
        // From here on the server carries out what it is told and says nothing.
        queue.connection.append("CLIENT", ["REPLY", "OFF"])
        try queue.connection.flush()
        let (configuration, client) = (configuration, String(queue.connection.clientID))
        let killer = DedicatedThread(name: "killer") {
            do {
                let outside = try TestQueue(viewing: configuration)
                _ = try eventually { try outside.hasSpoken(client) }
                try meanwhile(outside)
                _ = try outside.raw.call("CLIENT", "KILL", "ID", client)
            } catch {
                print("the killer failed: \(error)")
            }
        }
        defer { killer.join() }
        return try body()
    }

    /// True once the client's first command after CLIENT REPLY was carried out.
    private func hasSpoken(_ client: String) throws -> Bool {
        let line = try raw.call("CLIENT", "LIST", "ID", client).text()
        return line.contains(" cmd=") && !line.contains(" cmd=client|reply ") && !line.contains(" flags=b")
    }

    /// Lets every lease run out and takes back what it covered.
    func recoverEverything() throws {
        let queue = try open()
        let leases = try raw.call("ZRANGE", key("leases"), "0", "-1")
        for index in 0..<leases.count { _ = try raw.call("ZADD", key("leases"), "XX", "1", leases.text(at: index)) }
        if configuration.queueProtocol == .stream { _ = try raw.call("HSET", key("epoch"), "lease", "0") }
        while try queue.recover().hasMore {}
    }

    /// Makes the next connection believe that the server was restarted or that a replica took over.
    func pretendAnotherHistory(_ field: String) throws {
        _ = try raw.call("HSET", key("epoch"), field, "another")
    }

    /// How much of its lease a claim has left, by the server's clock.
    func leaseLeft(_ claim: Claim) throws -> Duration {
        let end = try Double(raw.call("ZSCORE", key("leases"), claim.id).text()) ?? 0
        let time = try raw.call("TIME")
        let seconds = try Double(time.text(at: 0)) ?? 0
        let microseconds = try Double(time.text(at: 1)) ?? 0
        return .milliseconds(Int64(end - seconds * 1_000 - microseconds / 1_000))
    }
}
