/// Tasks that are enqueued together, encoded as they are added.
///
/// A batch can be emptied and filled again, keeping its buffers.
public struct TaskBatch: Sendable {
    /// The most tasks that one batch may hold.
    public static let largest = 4_096

    /// How many tasks it holds.
    public var count: Int { tasks.count }
    /// True when it holds none.
    public var isEmpty: Bool { tasks.isEmpty }

    private var tasks: [Task] = []
    private var payloads: [UInt8] = []

    private struct Task: Sendable {
        let kind: String
        let expected: Duration?
        let keepsResultFor: Duration?
        let payload: Range<Int>
    }

    /// An empty batch.
    public init() {}

    /// Adds a task.
    ///
    /// - Parameters:
    ///   - kind: what sort of task it is, in 1 to 255 bytes: workers keep an estimate of time for each kind.
    ///   - expected: how long it will take, if that is known; workers correct a wrong figure by themselves.
    ///   - keepsResultFor: for how long what came of the task is kept once it ended, for ``TaskResults``: 1 ms to 49 days,
    ///     and cut to that. `nil`, as is usual, when nobody will ask: keeping a result costs an ack some microseconds more.
    ///   - payload: anything; the queue does not look at it.
    /// - Precondition: the batch holds fewer than ``largest``.
    public mutating func add(
        kind: String, expected: Duration? = nil, keepsResultFor time: Duration? = nil,
        payload: some Collection<UInt8>
    ) {
        precondition(count < Self.largest, "a batch holds at most \(Self.largest) tasks")
        precondition((1...255).contains(kind.utf8.count), "a task kind has 1 to 255 bytes")
        let start = payloads.count
        payloads.append(contentsOf: payload)
        tasks.append(Task(kind: kind, expected: expected, keepsResultFor: time, payload: start..<payloads.count))
    }

    /// Empties the batch.
    public mutating func removeAll() {
        tasks.removeAll(keepingCapacity: true)
        payloads.removeAll(keepingCapacity: true)
    }

    /// The elements of this batch as batch number `number` of `producer`.
    package func encoded(producer: UInt64, number: UInt32) -> EncodedTasks {
        var batch = EncodedTasks()
        batch.bytes.reserveCapacity(payloads.count + tasks.count * (TaskElement.headerLength + 16))
        for (index, task) in tasks.enumerated() {
            let id = TaskID(producer: producer, batch: number, index: UInt32(index))
            TaskElement.append(
                to: &batch.bytes, id: id, kind: task.kind, expected: task.expected,
                keepsResultFor: task.keepsResultFor, payload: payloads[task.payload])
            batch.ends.append(batch.bytes.count)
            if task.expected != nil { batch.isPaced = true }
        }
        return batch
    }
}

/// The elements of a batch in a row, ready to be sent.
public struct EncodedTasks: Sendable {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    /// True when one of the tasks says how long it will take.
    var isPaced = false

    /// How many they are.
    public var count: Int { ends.count }

    /// The bytes of the element at `index`.
    subscript(index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }
}
