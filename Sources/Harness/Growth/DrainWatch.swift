/// How fast a backlog drains, by what is left of it at some moments: from 90 % left to 10 % left.
///
/// A value: it is told what is left, and never looks by itself.
package struct DrainWatch: Sendable {
    private let tasks: Double
    private var last: (time: Double, left: Double)?
    /// When a tenth was done, and when nine tenths were, in nanoseconds.
    private var began: Double?
    private var ended: Double?

    /// A watch over a backlog of so many tasks.
    package init(tasks: Int) { self.tasks = Double(tasks) }

    /// So many tasks are left at that time, in nanoseconds. What lies between two moments is taken for even.
    package mutating func note(_ left: Int, at time: UInt64) {
        let now = (time: Double(time), left: Double(left))
        began = began ?? crossing(of: 0.9 * tasks, now)
        ended = ended ?? crossing(of: 0.1 * tasks, now)
        last = now
    }

    /// The rate, once a tenth is left; `nil` before, and for a drain too fast to have been seen.
    package var tasksPerSecond: Double? {
        guard let began, let ended, ended > began else { return nil }
        return 0.8 * tasks / (ended - began) * 1e9
    }

    private func crossing(of mark: Double, _ now: (time: Double, left: Double)) -> Double? {
        guard now.left <= mark else { return nil }
        guard let last, last.left > now.left else { return now.time }
        return last.time + (now.time - last.time) * (last.left - mark) / (last.left - now.left)
    }
}
