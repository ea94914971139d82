import Dispatch
import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// The shortest counter-examples that a search of `lock`'s states finds, replayed on a real Redis: each actor is held up
/// between two of its commands, exactly where the trace says.
@Suite struct LockReplayTests {
    /// An actor that is held up once, after one of its commands.
    private final class HeldUp: Sendable {
        private let reached = DispatchSemaphore(value: 0)
        private let goesOn = DispatchSemaphore(value: 0)
        private let thread = Mutex<DedicatedThread?>(nil)

        /// Runs `body` with a queue that stops after the first command of this name, and returns once it has.
        init(
            after command: String, _ test: TestQueue, _ body: @escaping @Sendable (any TaskQueue) throws -> Void
        ) throws {
            var configuration = test.configuration
            configuration.settings.probe = CommandProbe(part: "", command: command, moment: .after) {
                [reached, goesOn] in
                reached.signal()
                goesOn.wait()
            }
            let started = DedicatedThread(name: "held-up") { [configuration, reached] in
                do { try body(configuration.open()) } catch {
                    Issue.record("\(error)")
                    reached.signal()
                }
            }
            thread.withLock { $0 = started }
            guard reached.wait(timeout: .now() + .seconds(20)) == .success else { throw NotReached() }
        }

        /// Lets it go on, and waits for its end.
        func goOn() {
            goesOn.signal()
            thread.withLock { $0?.join() }
        }
    }

    private struct NotReached: Error {}

    /// What a worker on another thread did.
    private final class Deeds: Sendable {
        let runs = Mutex<[String]>([])
        let staleAcks = Atomic(0)
    }

    /// No fault at all: a monitor reads the list before an ack, and asks for the lock after it. What is done runs again.
    @Test func aMonitorThatLooksAroundAnAckPushesBackWhatIsDone() throws {
        let test = try TestQueue(.lock)
        let worker = try test.open()
        let batch = try test.fill(1, through: worker)
        let claim = try #require(try worker.claim())
        let monitor = try HeldUp(after: "LRANGE", test) { queue in
            let recovery = try queue.recover()
            #expect(recovery.recovered == 1)
        }
        #expect(try worker.ack(claim) == .acked)
        monitor.goOn()
        #expect(try worker.claim()?.names == names(batch, 0..<1))
    }

    /// No fault either: a monitor judges a task between its move and its lock. It is run by a worker, and then again.
    @Test func aMonitorThatJudgesBetweenMoveAndLockRunsATaskTwice() throws {
        let test = try TestQueue(.lock)
        let batch = try test.fill(1, through: test.open())
        let (deeds, configuration) = (Deeds(), test.configuration)
        let worker = try HeldUp(after: "LMOVE", test) { queue in
            for _ in 0..<2 {
                guard let claim = try queue.claim() else { continue }
                deeds.runs.withLock { $0 += claim.names }
                // It waits here, its task done, until the monitor has pushed it back.
                _ = try eventually { try configuration.open().depth().pending == 1 }
                if try queue.ack(claim) == .stale { deeds.staleAcks.add(1, ordering: .relaxed) }
            }
        }
        let monitor = try HeldUp(after: "EXISTS", test) { queue in
            let recovery = try queue.recover()
            #expect(recovery.recovered == 1)
        }
        let ends = DedicatedThread(name: "ends") { worker.goOn() }
        #expect(eventually { deeds.runs.withLock(\.count) == 1 })
        monitor.goOn()
        ends.join()
        #expect(deeds.runs.withLock { $0 } == names(batch, 0..<1) + names(batch, 0..<1))
        #expect(deeds.staleAcks.load(ordering: .relaxed) == 1)
    }
}
