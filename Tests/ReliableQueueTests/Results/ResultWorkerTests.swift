import ReliableQueue
import TestSupport
import Testing

/// Workers whose tasks have results. (They carry no monitor: one that looks between a move and its lock makes `lock` bury a
/// task twice, without any fault.)
@Suite struct ResultWorkerTests {
    private static let all = QueueProtocol.allCases

    /// What the tasks of these tests do, by their place in the batch.
    @Sendable private static func outcome(_ task: ClaimedTask) -> TaskOutcome {
        switch task.id.index {
        case 0: .answered(Array("the \(task.id.index)th".utf8))
        case 1: .done
        default: .rejected(reason: "no use")
        }
    }

    /// Of three tasks that asked and three that did not, the results are as they should be.
    private static func checkResults(_ test: TestQueue, _ asking: UInt32) throws {
        for (index, result) in [TaskResult.done("the 0th"), .done(""), .failed(reason: "no use")].enumerated() {
            let task = TestQueue.task(asking, UInt32(index))
            #expect(try TaskResults(of: test.configuration).wait(for: task, upTo: .seconds(30)) == result)
        }
        #expect(try eventually { try test.open().depth().dead == 2 })
        #expect(try test.tasksWithResults() == Set(names(asking, 0..<3)))
    }

    @Test(arguments: all) func aThreadASlot(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let asking = try test.fill(3, through: queue, keepsResultFor: .seconds(60))
        try test.fill(3, through: queue)
        let worker = RunningWorker(test, monitorInterval: nil, body: Self.outcome)
        try Self.checkResults(test, asking)
        #expect(worker.end() == nil)
    }

    /// In a process of its own, whose cooperative pool is free.
    @Test func manyAtOnce() async {
        await #expect(processExitsWith: .success) {
            try await onOwnThread {
                for queueProtocol in QueueProtocol.allCases {
                    for computing in [false, true] {
                        try ResultWorkerTests.runManyAtOnce(queueProtocol, computing: computing)
                    }
                }
            }
        }
    }

    private static func runManyAtOnce(_ queueProtocol: QueueProtocol, computing: Bool) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let asking = try test.fill(3, through: queue, keepsResultFor: .seconds(60))
        try test.fill(3, through: queue)
        let worker = RunningConcurrentWorker(test, slots: 4, monitorInterval: nil) { task, _ in
            computing ? .computing { _ in outcome(task) } : .settled(outcome(task))
        }
        try checkResults(test, asking)
        #expect(worker.end() == nil)
    }
}
