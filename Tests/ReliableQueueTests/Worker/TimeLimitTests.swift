import Glibc
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Workers with a thread a slot whose tasks take longer than they may.
@Suite struct TimeLimitTests {
    private let told = Told()

    private final class Told: Sendable {
        let overdue = Mutex<[Bool]>([])

        /// Whether each task that was given up was stuck.
        var areStuck: [Bool] { overdue.withLock { $0 } }
    }

    /// One task of a claim never ends: the others are acked or given back, the worker stops, and says why.
    @Test func aStuckTaskEndsTheWorker() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(8, through: queue)
        let isFree = StopSignal()
        let worker = RunningWorker(test, timeLimit: .milliseconds(300)) { task in
            if task.id.index == 3 { while !isFree.wait(upTo: .seconds(60)) {} }
            return .done
        } onOverdue: { [told] overdue in
            told.overdue.withLock { $0.append(overdue.isStuck) }
        }
        #expect(eventually { worker.hasEnded })
        #expect(worker.end() == .stuck(tasks: 1))
        #expect(told.areStuck == [true])
        let depth = try queue.depth()
        #expect((depth.pending + depth.retry, depth.delayed, depth.claims) == (4, 1, 0))
        isFree.set()
    }

    /// A task that ends by itself while it is given up has failed, and its slot goes on.
    @Test func aTaskThatEndsWhileItIsGivenUpIsNotStuck() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(8, through: queue)
        let (isBeingSettled, hasEnded) = (StopSignal(), StopSignal())
        let worker = RunningWorker(test, timeLimit: .milliseconds(300)) { task in
            if task.id.index == 3, task.attempt == 1 {
                while !isBeingSettled.wait(upTo: .seconds(60)) {}
                hasEnded.set()
            }
            return .done
        } onOverdue: { [told] overdue in
            told.overdue.withLock { $0.append(overdue.isStuck) }
        } whileSettlingElsewhere: {
            isBeingSettled.set()
            while !hasEnded.wait(upTo: .seconds(60)) {}
            // From there to the end of the watch is a matter of some instructions.
            usleep(200_000)
        }
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(told.areStuck == [false])
        #expect(worker.record.runs.count == 8)
        #expect(worker.record.runs["\(batch).3"] == 2)
    }
}
