/// A set of up to eight tasks, as bits.
struct TaskSet: Hashable, Sendable {
    private(set) var bits: UInt8 = 0

    /// No task.
    init() {}

    /// The first `count` tasks.
    init(first count: Int) {
        bits = UInt8((1 << count) - 1)
    }

    /// The tasks of a list.
    init(_ list: ShortList) {
        for task in list { insert(task) }
    }

    var isEmpty: Bool { bits == 0 }

    func contains(_ task: Int) -> Bool { bits & 1 << task != 0 }

    func isSuperset(of other: TaskSet) -> Bool { other.bits & ~bits == 0 }

    mutating func insert(_ task: Int) { bits |= 1 << task }

    mutating func remove(_ task: Int) { bits &= ~(1 << task) }

    mutating func formUnion(_ other: TaskSet) { bits |= other.bits }

    /// Calls `body` with each task, the lowest first.
    func forEach(_ body: (Int) -> Void) {
        for task in 0..<8 where contains(task) { body(task) }
    }
}

extension TaskSet: CustomStringConvertible {
    var description: String {
        var names: [String] = []
        forEach { names.append("t\($0 + 1)") }
        return "{" + names.joined(separator: " ") + "}"
    }
}
