import Measurement
import ReliableQueue
import Workload

/// The tasks of a study of growth: F(90) by additions, with the payload that a run's tasks have or with one of a given length.
struct GrowthTask {
    static let kind = TaskKind.fibIterative
    static let parameter: Int64 = 90

    /// The length of each payload; `nil` for that of a run's tasks.
    let length: Int?
    /// Bytes of the payloads made so far.
    private(set) var payloadBytes = 0
    private var sequence: UInt64 = 0
    private var payload: [UInt8] = []

    /// Tasks with payloads of that length.
    init(length: Int?) { self.length = length }

    /// Fills a batch with `count` tasks, the next ones.
    mutating func fill(_ batch: inout TaskBatch, _ count: Int) {
        batch.removeAll()
        let now = MonotonicClock.nanoseconds()
        for _ in 0..<count {
            encode(sentAt: now)
            batch.add(kind: Self.kind.name, payload: payload)
            payloadBytes += payload.count
            sequence += 1
        }
    }

    private mutating func encode(sentAt now: UInt64) {
        payload.removeAll(keepingCapacity: true)
        if let length {
            payload.append(contentsOf: repeatElement(UInt8(truncatingIfNeeded: sequence), count: length))
        } else {
            TaskPayload(sequence: sequence, parameter: Self.parameter, intended: now, sent: now).encode(into: &payload)
        }
    }

    /// The number that a claimed task asks for.
    ///
    /// - Throws: ``PayloadError`` for a payload that is none of these tasks'.
    static func parameter(of payload: RawSpan, length: Int?) throws(PayloadError) -> Int64 {
        guard let length else { return try TaskPayload(decoding: payload).parameter }
        guard payload.byteCount == length else { throw .wrongLength(payload.byteCount) }
        return parameter
    }
}
