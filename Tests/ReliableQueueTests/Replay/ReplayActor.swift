import Processes
import ProtocolModel
import Redis
import ReliableQueue
import Synchronization

/// An actor of a replay: a thread with a connection of its own, that a gate holds at each of its boundaries.
final class ReplayActor: Sendable {
    /// What an actor does over a connection to that queue, and where it is held meanwhile.
    typealias Course = @Sendable (QueueConfiguration, Gate) throws -> Void

    /// What comes with each connection, which the model does not know of: it is neither held nor told.
    static let handshake: Set = ["PING", "INFO", "CLIENT", "SCRIPT"]

    /// Where it is held.
    let gate: Gate
    private let thread: DedicatedThread
    private let failure: Failure

    private final class Failure: Sendable {
        let error = Mutex<(any Error)?>(nil)
    }

    /// Starts `course` on a thread of its own.
    ///
    /// - Parameter name: what the script calls it, and the server its connection.
    init(_ name: String, of configuration: QueueConfiguration, _ course: @escaping Course) {
        let (gate, failure) = (Gate(), Failure())
        var configuration = configuration
        configuration.settings.clientName = name
        configuration.settings.probe = CommandProbe(
            part: "",
            everywhere: { command, moment in
                Self.handshake.contains(command) ? .goesOn : gate.pass(Boundary(command, moment))
            })
        thread = DedicatedThread(name: name) { [configuration] in
            do { try course(configuration, gate) } catch { failure.error.withLock { $0 = error } }
            gate.leave()
        }
        (self.gate, self.failure) = (gate, failure)
    }

    /// Kills it where it stands, and waits until it is gone, with its connection.
    func die() {
        gate.kill()
        thread.join()
    }

    /// Waits for its end.
    ///
    /// - Throws: what ended it, unless it was killed.
    func end() throws {
        thread.join()
        if !gate.isDead, let error = failure.error.withLock({ $0 }) { throw error }
    }
}

// What each role does, by the product's own queue, until its gate holds nobody and there is nothing left to do.
extension ReplayActor {
    /// Enqueues tasks one by one; `note` is told of each that was acknowledged.
    static func producer(_ tasks: Int, note: @escaping @Sendable (TaskID) -> Void) -> Course {
        { configuration, gate in
            let queue = try configuration.open(keepTrying: { !gate.isDead })
            for number in 1...UInt32(tasks) {
                let batch = TestQueue.batch(1).encoded(producer: 7, number: number)
                _ = try queue.enqueue(batch, session: 7, number: number)
                note(TestQueue.task(number, 0))
            }
        }
    }

    /// Claims, runs and acks as the slot of a worker does.
    static func worker(_ name: String, claiming limit: Int, _ sink: ReplaySink) -> Course {
        { configuration, gate in
            let queue = try configuration.open(keepTrying: { !gate.isDead })
            let request = ClaimRequest(limit: limit, shortestLease: .seconds(60))
            var finished: Claim?
            repeat {
                let exchange = try queue.exchange(acking: finished, claiming: request)
                finished = try exchange.claim ?? queue.awaitClaim(request, upTo: .milliseconds(1)).claim
                for task in finished?.tasks ?? [] {
                    try sink.run(task, by: name) { () throws(Gate.Killed) in try gate.hold(at: .task) }
                    try gate.hold(at: .effect)
                }
            } while finished != nil || !gate.isOver
        }
    }

    /// Looks for tasks to take back, again and again.
    static let monitor: Course = { configuration, gate in
        let queue = try configuration.open(keepTrying: { !gate.isDead })
        repeat { _ = try queue.recover() } while !gate.isOver
    }
}

extension Claim {
    /// Which tasks it holds.
    fileprivate var tasks: [TaskID] {
        (0..<count).compactMap { index in withTask(index) { task, _ in task?.id } }
    }
}
