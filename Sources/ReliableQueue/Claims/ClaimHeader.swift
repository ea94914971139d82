import Redis

/// What a claim script says of the claim besides its tasks.
struct ClaimHeader {
    /// The token.
    let token: FencingToken
    /// True when the tasks were attempted before.
    let isRedelivery: Bool

    /// Reads `epoch:sequence`, with `:r` behind it for tasks that were attempted before.
    init(parsing text: String) throws(RedisError) {
        let parts = text.split(separator: ":")
        guard parts.count >= 2, let token = FencingToken(parsing: "\(parts[0]):\(parts[1])") else {
            throw .unexpectedReply(wanted: "a claim's header", got: text)
        }
        self.token = token
        isRedelivery = parts.count > 2
    }

    /// The attempts of each task, this one included, from the script's `redeliveries failures` pairs.
    static func attempts(_ text: String) -> [Int] {
        let counts = text.split(separator: " ").map { Int($0) ?? 0 }
        return stride(from: 0, to: counts.count - 1, by: 2).map { 1 + counts[$0] + counts[$0 + 1] }
    }
}
