import ProtocolModel
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// A counter-example on a real server: its actors take the script's steps, one at a time, and what comes of it is read off
/// the server and the sink.
///
/// Workers, monitors and the producer speak by the product's own queue, but for the monitors of ``Deviation``. Two things are
/// not quite as in life: an actor that dies loses its thread and its connection, not a process of its own; and a lock runs
/// out by the server's clock, but as soon as the script says so.
final class Replay {
    /// A step such as no counter-example of these protocols has: a restart, a rollback, a command that arrives late.
    struct Unplayable: Error {
        let step: ReplayStep
    }

    private let script: [ReplayStep]
    private let world: World
    private let server: PrivateRedisServer
    private let test: TestQueue
    private let log: CommandLog
    private let sink = ReplaySink()
    private let acknowledged = Acknowledged()
    private var actors: [String: ReplayActor] = [:]

    private final class Acknowledged: Sendable {
        let tasks = Mutex<Set<TaskID>>([])
    }

    /// Sets the scene: a server, a queue with the world's tasks, and its actors, each before its first command.
    ///
    /// - Parameter queueProtocol: by which the actors play; the world's own, unless they are to stray.
    init(of example: CounterExample, in world: World, by queueProtocol: QueueProtocol? = nil) throws {
        script = example.script
        self.world = world
        let itsOwn = try #require(QueueProtocol(rawValue: example.kind.rawValue))
        server = try TestServer.own(settings: CommandLog.settings)
        test = try TestQueue(queueProtocol ?? itsOwn, on: server)
        log = CommandLog(connection: test.raw)
        try enterActors()
    }

    deinit {
        for actor in actors.values { actor.die() }
    }

    private func enterActors() throws {
        let bounds = world.bounds
        let producer = ReplayActor.producer(bounds.tasks) { [acknowledged] task in
            acknowledged.tasks.withLock { _ = $0.insert(task) }
        }
        if bounds.isFilled { try producer(test.configuration, .opened()) } else { enter("P", producer) }
        for name in ["W1", "W2"].prefix(bounds.workers) {
            enter(name, ReplayActor.worker(name, claiming: bounds.claim, sink))
        }
        let monitor = Deviation(in: script)?.course ?? ReplayActor.monitor
        // The model of `pop` has no monitors, and the product's one has nothing to say there.
        let monitors = test.configuration.queueProtocol.recovers ? bounds.monitors : 0
        for name in ["M1", "M2"].prefix(monitors) { enter(name, monitor) }
        for actor in actors.values { try actor.gate.awaitStart() }
    }

    private func enter(_ name: String, _ course: @escaping ReplayActor.Course) {
        actors[name] = ReplayActor(name, of: test.configuration, course)
    }

    // MARK: The script

    /// Takes every step, looks after each what is broken, and lets everyone come to an end.
    ///
    /// - Returns: which of the world's properties are broken in the end.
    /// - Throws: ``Gate/Strayed`` when an actor does not do what the script says of it.
    func play() throws -> Properties {
        for (index, step) in script.enumerated() {
            if index > 0 { #expect(try broken().isDisjoint(with: world.wanted), "before step \(index + 1)") }
            try take(step)
        }
        try beginTasks()
        var broken = try broken()
        #expect(try log.commands() == script.compactMap(Said.init), "what the server was told, and in which order")
        if try !settle().isEmpty { broken.insert(.lost) }
        return broken.intersection(world.wanted)
    }

    private func take(_ step: ReplayStep) throws {
        switch (Happening(rawValue: step.happening), Boundary(step.boundary), actors[step.actor]) {
        case (.proceeds, let boundary?, let actor?):
            try actor.gate.run(to: boundary)
            if boundary == .effect { #expect(sink.placed.last == step.task.map(Self.task)) }
        case (.unheard, let boundary?, let actor?):
            let before = try log.commands().count
            try actor.gate.run(to: boundary)
            // Only once the server has carried it out its reply can be lost.
            #expect(try eventually { try log.commands().count > before })
            try actor.gate.breakConnection()
        case (.dies, let boundary?, let actor?):
            try actor.gate.halt(at: boundary)
            actor.die()
        case (.pauses, let boundary?, let actor?):
            try actor.gate.halt(at: boundary)
        case (.expires, _, _):
            try expireLock(of: Self.task(#require(step.task)))
        default:
            throw Unplayable(step: step)
        }
    }

    /// The model's tasks count from 1, and each is a batch of its own.
    private static func task(_ number: Int) -> TaskID { TestQueue.task(UInt32(number), 0) }

    private func expireLock(of task: TaskID) throws {
        let lock = test.key("lock:\(task)")
        #expect(try test.raw.call("PEXPIRE", lock, "1").integer() == 1, "there is no lock that could run out")
        #expect(try eventually { try test.raw.call("EXISTS", lock).integer() == 0 })
    }

    /// A worker that has its lock has begun with the task, for the model; here it has once it has read the answer.
    private func beginTasks() throws {
        let locked = [Boundary("SET", .after), Boundary("SETEX", .after)]
        for gate in actors.values.map(\.gate) where !gate.isDead {
            if let place = gate.place, locked.contains(place) { try gate.run(to: .task) }
        }
    }

    // MARK: What came of it

    /// Which of the properties are broken that can be seen at any time.
    private func broken() throws -> Properties {
        var broken: Properties = []
        if Set(sink.placed).count < sink.placed.count { broken.insert(.effectTwice) }
        if sink.runsOneAtOnce { broken.insert(.runsAtOnce) }
        var places: [TaskID] = []
        try test.configuration.openToLook().visitTasks { _, task in if let task { places.append(task) } }
        if Set(places).count < places.count { broken.insert(.twoPlaces) }
        return broken
    }

    /// Lets whoever lives come to an end, then a monitor and a worker that are new, for whom every lock has run out.
    ///
    /// - Returns: the tasks that were acknowledged, and that nobody has run or will ever run.
    private func settle() throws -> Set<TaskID> {
        for actor in actors.values { actor.gate.open() }
        for actor in actors.values { try actor.end() }
        for lock in try test.state().keys where lock.hasPrefix("lock:") { _ = try test.raw.call("DEL", test.key(lock)) }
        try ReplayActor.monitor(test.configuration, .opened())
        try ReplayActor.worker("the last", claiming: 1, sink)(test.configuration, .opened())
        #expect(try test.state().isEmpty)
        return acknowledged.tasks.withLock { $0.subtracting(sink.placed) }
    }
}

extension Gate {
    /// A gate that holds nobody.
    fileprivate static func opened() -> Gate {
        let gate = Gate()
        gate.open()
        return gate
    }
}
