import Glibc
import Measurement
import Workload

/// The processes that send a run's tasks: one, or several that share the plan where one can't keep up.
///
/// It belongs to the main thread, which children's lives are tied to.
final class GeneratorFleet {
    /// How long several have to get ready before their common schedule begins, in nanoseconds.
    private static let notice: UInt64 = 1_000_000_000

    /// Each of them, in the order of their parts.
    let members: [GeneratorProcess]

    init(
        _ scenario: Scenario, folder: RunFolder, queueArguments: [String], replicas: Int, isReplaced: Bool,
        instance: InstanceBox?
    ) {
        members = (1...scenario.generators).map { number in
            GeneratorProcess(
                scenario, GeneratorPart(number, of: scenario.generators), folder: folder,
                queueArguments: queueArguments,
                replicas: replicas, isReplaced: isReplaced, instance: instance)
        }
    }

    /// The one that a fault hits.
    var first: GeneratorProcess { members[0] }

    /// Starts them, all with the same beginning of the schedule.
    func start() throws {
        let start = members.count > 1 ? MonotonicClock.nanoseconds() + Self.notice : nil
        for member in members { try member.start(at: start) }
    }

    /// True once everything was sent.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when one ended otherwise.
    func areDone() throws -> Bool {
        // Each is asked, since each may have to be started again.
        try members.map { try $0.isDone() }.allSatisfy(\.self)
    }

    /// Tasks on record as sent, or about to be.
    func sentSoFar() throws -> UInt64 { try members.reduce(0) { try $0 + $1.sentSoFar() } }

    /// CPU time of all that have ended.
    var cpuSeconds: Double { members.reduce(0) { $0 + $1.cpuSeconds } }

    /// Ends those that still run.
    func stop(grace: Duration) {
        for member in members { member.send(signal: SIGTERM) }
        for member in members { member.stop(grace: grace) }
    }
}
