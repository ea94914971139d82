import Redis

/// Tasks that were moved to the processing list, where the replies that brought them lie.
struct MovedTasks {
    let buffer: ReplyBuffer
    let nodes: [Int]

    /// None.
    init() {
        buffer = ReplyBuffer()
        nodes = []
    }

    /// Reads an array of replies to moves: of a list that ran empty in between, the others bring nothing.
    ///
    /// - Throws: the refusal of a server that is full, unless some were moved: those are to be locked.
    init(_ replies: borrowing RedisReply) throws(RedisError) {
        buffer = replies.buffer
        var nodes: [Int] = []
        for index in 0..<replies.count {
            let node = try replies.node(at: index)
            if buffer.isBytes(node) { nodes.append(node) }
        }
        if nodes.isEmpty { try replies.throwRefusal() }
        self.nodes = nodes
    }

    /// The names of their locks.
    func names(_ keys: QueueKeys) -> LockNames {
        let buffer = buffer
        var names = LockNames(prefix: keys.lockPrefix)
        for node in nodes { names.append(nameOf: buffer.bytes(of: node)) }
        return names
    }
}

extension Exchange {
    /// Notes the answers to the acks of these tasks, one for each.
    mutating func note(_ answers: [AckAnswer], of tasks: [Int]) {
        ack = answers.first { $0 == .acked } ?? answers.first ?? .acked
        for (task, answer) in zip(tasks, answers) where answer != ack { exceptions.append((task, answer)) }
    }
}
