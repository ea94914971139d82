import Testing
import Workload

/// The message of the workload error that `body` throws; fails the test if it throws none.
func message(of body: () throws -> Void, at location: SourceLocation = #_sourceLocation) -> String {
    do {
        try body()
        Issue.record("nothing was thrown", sourceLocation: location)
        return ""
    } catch {
        return "\(error)"
    }
}

/// The first `count` tasks of a backlog of one mix.
func tasks(_ mix: String, count: UInt64, seed: UInt64 = 1) throws -> [PlannedTask] {
    Array(try TaskPlan(mix: TaskMix(parsing: mix), arrival: .backlog, tasks: count, duration: nil, seed: seed))
}

/// The mean of some numbers.
func mean(_ values: some Collection<Double>) -> Double { values.reduce(0, +) / Double(values.count) }

/// FNV-1a over the bytes of 64-bit words, the lowest byte first.
struct Digest {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ word: UInt64) {
        for byte in 0..<8 {
            value = (value ^ ((word >> (8 * byte)) & 0xff)) &* 0x100_0000_01b3
        }
    }

    mutating func add(_ task: PlannedTask) {
        add(task.sequence)
        add(UInt64(task.kind.rawValue))
        add(UInt64(bitPattern: task.parameter))
        add(UInt64(task.expectedMicroseconds))
        add(task.offsetNanoseconds)
    }
}
