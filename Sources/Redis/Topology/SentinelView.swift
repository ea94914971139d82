/// What one Sentinel says of a master that it watches.
package struct SentinelView: Equatable, Sendable {
    /// Where the master is, says this one.
    package let master: RedisHost
    /// The number of the failover that made it master: of two Sentinels the one with the higher number knows better.
    package let epoch: Int
    /// The other Sentinels that watch it.
    package let others: [RedisHost]

    /// A view by its parts.
    package init(master: RedisHost, epoch: Int, others: [RedisHost]) {
        self.master = master
        self.epoch = epoch
        self.others = others
    }
}

extension SentinelView {
    /// Reads the answers to SENTINEL MASTER, which has the address of the old one until a failover is over, and SENTINEL
    /// SENTINELS.
    init(
        at place: RedisHost, master: borrowing RedisReply, sentinels: borrowing RedisReply
    ) throws(RedisError) {
        guard let epoch = try Self.fields(of: master)["config-epoch"].flatMap({ Int($0) }) else {
            throw .unexpectedReply(wanted: "the number of a failover", got: "none")
        }
        var others: [RedisHost] = []
        for index in 0..<sentinels.count {
            let fields = try Self.fields(of: sentinels.element(index))
            if let other = Self.host(in: fields) { others.append(other) }
        }
        self.init(master: place, epoch: epoch, others: others)
    }

    /// What a Sentinel thinks of each of those in its answer to SENTINEL REPLICAS: `slave` of one that is at work, and more of one
    /// that is not.
    static func flags(in list: borrowing RedisReply) throws(RedisError) -> [String] {
        var flags: [String] = []
        for index in 0..<list.count { flags.append(try fields(of: list.element(index))["flags"] ?? "") }
        return flags
    }

    private static func fields(of reply: borrowing RedisReply) throws(RedisError) -> [String: String] {
        var fields: [String: String] = [:]
        for index in stride(from: 0, to: reply.count - 1, by: 2) {
            fields[try reply.text(at: index)] = try reply.text(at: index + 1)
        }
        return fields
    }

    private static func host(in fields: [String: String]) -> RedisHost? {
        guard let name = fields["ip"], let port = fields["port"].flatMap({ Int($0) }) else { return nil }
        return RedisHost(name, port: port)
    }
}
