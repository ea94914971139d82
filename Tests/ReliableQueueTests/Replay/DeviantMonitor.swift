import ProtocolModel
import Redis
import ReliableQueue

/// How a monitor of `lock` may put back a task that it found without a lock, otherwise than the product does, which pushes the
/// task and then removes it. What the model finds of such a monitor can only be shown by one that says its commands itself.
enum Deviation {
    /// It removes the task, then pushes it.
    case removesFirst
    /// It does both in one step, and pushes only what it removed.
    case requeuesAtomically

    /// The deviation that a counter-example is about, by what its monitors put back with first; `nil` for none.
    init?(in script: [ReplayStep]) {
        let said = script.lazy.filter { $0.actor.hasPrefix("M") }.compactMap { Command(rawValue: $0.command) }
        switch said.first(where: { [.rpush, .lrem, .requeue].contains($0) }) {
        case .lrem: self = .removesFirst
        case .requeue: self = .requeuesAtomically
        default: return nil
        }
    }

    /// What such a monitor does, until its gate holds nobody.
    var course: ReplayActor.Course {
        { [self] configuration, gate in
            let monitor = try DeviantMonitor(of: configuration, self)
            repeat { try monitor.recover() } while !gate.isOver
        }
    }
}

/// A monitor of `lock` by a rule that no code of the product has.
private struct DeviantMonitor {
    /// Pushes what it removed, in one step.
    private static let requeue = RedisScript(
        name: Command.requeue.rawValue,
        source: """
            if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 1 then redis.call('RPUSH', KEYS[2], ARGV[1]) end
            """)

    private let configuration: QueueConfiguration
    private let deviation: Deviation
    private let connection: RedisConnection

    init(of configuration: QueueConfiguration, _ deviation: Deviation) throws {
        self.configuration = configuration
        self.deviation = deviation
        connection = try RedisConnection(to: configuration.endpoint, settings: configuration.settings)
        try Self.requeue.load(on: connection)
    }

    /// Reads the processing list, asks for each lock, and puts back what has none.
    func recover() throws {
        let reply = try connection.call("LRANGE", configuration.key("processing"), "0", "-1")
        var orphans: [[UInt8]] = []
        for index in 0..<reply.count {
            let element = try reply.withElement(index) { element throws(RedisError) in try element.bytes() }
            let lock = configuration.key("lock:\(TaskID(ofElement: element))")
            if try connection.call("EXISTS", lock).integer() == 0 { orphans.append(element) }
        }
        for orphan in orphans { try putBack(orphan) }
    }

    private func putBack(_ element: [UInt8]) throws {
        let (pending, processing) = (configuration.key("pending"), configuration.key("processing"))
        switch deviation {
        case .removesFirst:
            try say("LREM", processing, "1", element: element)
            try say("RPUSH", pending, element: element)
        case .requeuesAtomically:
            _ = try Self.requeue.call(on: connection, keys: 2, arguments: 1) { writer in
                writer.argument(processing)
                writer.argument(pending)
                writer.argument(element)
            }
        }
    }

    private func say(_ command: String, _ arguments: String..., element: [UInt8]) throws {
        connection.append { writer in
            writer.command(command, arguments: arguments.count + 1)
            for argument in arguments { writer.argument(argument) }
            writer.argument(element)
        }
        _ = try connection.receive()
    }
}
