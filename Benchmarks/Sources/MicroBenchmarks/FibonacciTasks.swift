import ReliableQueue
import Workload

/// Tasks as a load generator makes them: F(90) by iteration, 51 bytes each in the queue.
struct FibonacciTasks {
    /// How many a batch has, as a claim has by default.
    static let count = 256
    /// The size of each in the queue.
    static let elementBytes = 51

    private var batch = TaskBatch()
    private var payload: [UInt8] = []
    // Instants as a machine's monotonic clock shows them some days after its start.
    private let intended = UInt64(hidden(432_100_987_654_321))
    private let parameter = Int64(hidden(90))
    private let kind = TaskKind.fibIterative

    /// A batch of them, numbered from `first` on, that replaces the last one.
    mutating func fill(from first: Int) -> TaskBatch {
        batch.removeAll()
        for sequence in first..<first + Self.count {
            payload.removeAll(keepingCapacity: true)
            TaskPayload(
                sequence: UInt64(sequence), parameter: parameter, intended: intended, sent: intended + 250_000
            ).encode(into: &payload)
            batch.add(kind: kind.name, payload: payload)
        }
        return batch
    }
}
