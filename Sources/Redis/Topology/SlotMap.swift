/// Which node of a Redis Cluster has which slots, as one node saw it: the answer to CLUSTER SLOTS.
package struct SlotMap: Equatable, Sendable {
    /// Neighbouring slots of one master.
    package struct Range: Equatable, Sendable {
        /// The numbers of its slots.
        package let slots: ClosedRange<Int>
        /// The master.
        package let master: RedisHost
        /// Its replicas.
        package let replicas: [RedisHost]

        /// Slots and who has them.
        package init(slots: ClosedRange<Int>, master: RedisHost, replicas: [RedisHost]) {
            self.slots = slots
            self.master = master
            self.replicas = replicas
        }
    }

    private let ranges: [Range]

    /// A map of these slots.
    package init(ranges: [Range]) { self.ranges = ranges }

    /// The master of a slot; `nil` when nobody has it.
    func master(of slot: HashSlot) -> RedisHost? { ranges.first { $0.slots.contains(slot.number) }?.master }

    /// Whoever has slots.
    var masters: Set<RedisHost> { Set(ranges.map(\.master)) }

    /// One of the slots that a node has; `nil` when it has none.
    func slot(of master: RedisHost) -> HashSlot? {
        ranges.first { $0.master == master }.flatMap { HashSlot(number: $0.slots.lowerBound) }
    }

    /// Every node in it, masters first.
    var nodes: [RedisHost] {
        var known: Set<RedisHost> = []
        return (ranges.map(\.master) + ranges.flatMap(\.replicas)).filter { known.insert($0).inserted }
    }
}

extension SlotMap {
    /// Reads the answer to CLUSTER SLOTS.
    ///
    /// - Parameter informant: who answered: a node that does not know its own name gives none.
    init(decoding reply: borrowing RedisReply, from informant: RedisHost) throws(RedisError) {
        var ranges: [Range] = []
        for index in 0..<reply.count {
            let range = try reply.withElement(index) { range throws(RedisError) -> Range? in
                var nodes: [RedisHost] = []
                for node in 2..<max(2, range.count) {
                    nodes.append(
                        try range.withElement(node) { node throws(RedisError) in
                            let name = try node.element(0).isNull ? "" : node.text(at: 0)
                            let isUnknown = name.isEmpty || name == "?"
                            return RedisHost(isUnknown ? informant.name : name, port: try node.integer(at: 1))
                        })
                }
                let (first, last) = (try range.integer(at: 0), try range.integer(at: 1))
                guard let master = nodes.first, first <= last else { return nil }
                return Range(slots: first...last, master: master, replicas: Array(nodes.dropFirst()))
            }
            if let range { ranges.append(range) }
        }
        self.init(ranges: ranges)
    }
}
