/// Tasks that are enqueued together, encoded as they are added.
///
/// A batch can be emptied and filled again, keeping its buffers.
public struct TaskBatch: Sendable {
    /// The most tasks that one batch may hold.
    public static let largest = 4_096

    /// How many tasks it holds.
    public var count: Int { starts.count }
    /// True when it holds none.
    public var isEmpty: Bool { starts.isEmpty }

    /// The tasks as arguments of a command, but for the batch's part of their ids, which is not known yet.
    private var arguments: [UInt8] = []
    /// Where the element of each task begins.
    private var starts: [Int] = []
    private var isPaced = false
    /// What the last task began with, since the next one will probably begin so too.
    private var head = TaskHead()

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
        add(kind: kind, expected: expected, keepsResultFor: time, payload: Array(payload))
    }

    /// Adds a task whose payload is an array: the quick way.
    public mutating func add(
        kind: String, expected: Duration? = nil, keepsResultFor time: Duration? = nil, payload: [UInt8]
    ) {
        precondition(count < Self.largest, "a batch holds at most \(Self.largest) tasks")
        if !head.fits(kind, expected, time, payload.count) { head = TaskHead(kind, expected, time, payload.count) }
        let start = arguments.count + head.elementStart
        append(payload, index: UInt32(count))
        starts.append(start)
        if expected != nil { isPaced = true }
    }

    /// Appends head, payload and the end of the line in one go.
    private mutating func append(_ payload: [UInt8], index: UInt32) {
        let (begin, end) = (head.bytes.count, head.bytes.count + payload.count)
        arguments.append(addingCapacity: end + 2) { [head] span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                let bytes = UnsafeMutableRawBufferPointer(buffer)
                unsafe bytes.copyBytes(from: head.bytes)
                unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[begin..<end]).copyBytes(from: payload)
                unsafe bytes.storeBytes(of: UInt8(ascii: "\r"), toByteOffset: end, as: UInt8.self)
                unsafe bytes.storeBytes(of: UInt8(ascii: "\n"), toByteOffset: end + 1, as: UInt8.self)
                unsafe TaskElement.setIndex(index, ofElementAt: head.elementStart, in: bytes)
                count = end + 2
            }
        }
    }

    /// Empties the batch.
    public mutating func removeAll() {
        arguments.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        isPaced = false
    }

    /// The elements of this batch as batch number `number` of `producer`.
    package func encoded(producer: UInt64, number: UInt32) -> EncodedTasks {
        var batch = EncodedTasks(arguments: arguments, count: count, isPaced: isPaced)
        TaskElement.setProducer(producer, batch: number, ofElementsAt: starts, in: &batch.arguments)
        return batch
    }
}

/// The elements of a batch, ready to be sent.
public struct EncodedTasks: Sendable {
    /// The elements as arguments of a command.
    fileprivate(set) var arguments: [UInt8]
    /// How many they are.
    public let count: Int
    /// True when one of the tasks says how long it will take.
    let isPaced: Bool
}

/// What tasks of one kind, with payloads of one length, begin with on the wire.
private struct TaskHead {
    private(set) var bytes: [UInt8] = []
    /// Where in them the element begins.
    private(set) var elementStart = 0
    private var kind = ""
    private var expected: Duration?
    private var time: Duration?
    private var payload = -1

    /// That of no task.
    init() {}

    init(_ kind: String, _ expected: Duration?, _ time: Duration?, _ payload: Int) {
        (self.kind, self.expected, self.time, self.payload) = (kind, expected, time, payload)
        var element: [UInt8] = []
        TaskElement.append(to: &element, kind: kind, expected: expected, keepsResultFor: time)
        bytes = Array("$\(element.count + payload)\r\n".utf8)
        elementStart = bytes.count
        bytes += element
    }

    func fits(_ kind: String, _ expected: Duration?, _ time: Duration?, _ payload: Int) -> Bool {
        self.payload == payload && self.kind == kind && self.expected == expected && self.time == time
    }
}
