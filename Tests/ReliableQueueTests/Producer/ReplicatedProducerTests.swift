import Glibc
import Redis
import ReliableQueue
import TestSupport
import Testing

/// A batch counts as enqueued only when enough replicas have it.
@Suite struct ReplicatedProducerTests {
    /// The time after which a producer gives replicas up is short, so that a test can wait for it.
    private static func configuration(_ queueProtocol: QueueProtocol, _ group: PrivateServerGroup) -> QueueConfiguration
    {
        var configuration = QueueConfiguration(queueProtocol, at: group.endpoint, name: "replicated")
        configuration.replicas = 1
        configuration.backoff.total = .seconds(1)
        return configuration
    }

    private static func batch(_ payloads: UInt8...) -> TaskBatch {
        var batch = TaskBatch()
        for payload in payloads { batch.add(kind: "test", payload: [payload]) }
        return batch
    }

    @Test(arguments: QueueProtocol.allCases) func whatWasAcknowledgedIsThereWhenTheReplicaTakesOver(
        queueProtocol: QueueProtocol
    ) throws {
        let group = try PrivateServerGroup(durability: .replicated(1))
        let producer = try QueueProducer(queue: Self.configuration(queueProtocol, group).open(), keeps: 0)
        for number in 1...20 {
            try producer.enqueue(Self.batch(UInt8(number)))
            // Nothing may happen between the answer and the loss of the master.
            guard number.isMultiple(of: 10) else { continue }
            try group.failOver()
            try group.rejoin()
        }
        try producer.finish()
        #expect(producer.lostTasks == 0)
        #expect(try Self.configuration(queueProtocol, group).openToLook().depth().pending == 20)
    }

    /// The queue has it, and says so only once a replica has it too; it is there once.
    @Test func aBatchThatNoReplicaHasIsNotAcknowledged() throws {
        let group = try PrivateServerGroup(durability: .replicated(1))
        let producer = try QueueProducer(queue: Self.configuration(.lease, group).open())
        try producer.enqueue(Self.batch(1))
        group.replicas[0].send(signal: SIGSTOP)
        #expect(throws: QueueError.notReplicated(wanted: 1, have: 0)) { try producer.enqueue(Self.batch(2)) }
        group.replicas[0].send(signal: SIGCONT)
        try producer.enqueue(Self.batch(3))
        try producer.finish()
        #expect(producer.lostTasks == 0)
        #expect(try Self.configuration(.lease, group).openToLook().depth().pending == 3)
    }

    /// A master that comes back empty takes its replica's data along, and the producer learns of it.
    @Test func anEmptyMasterIsNoticed() throws {
        let group = try PrivateServerGroup(durability: .replicated(1))
        let producer = try QueueProducer(queue: Self.configuration(.lease, group).open(), keeps: 1)
        for number in 1...3 { try producer.enqueue(Self.batch(UInt8(number))) }
        try group.master.kill()
        try group.master.restart()
        try producer.enqueue(Self.batch(4))
        try producer.finish()
        #expect(producer.lostTasks == 2)
        #expect(producer.resentTasks == 1)
        #expect(try Self.configuration(.lease, group).openToLook().depth().pending == 2)
    }
}
