/// How long the rest of a sweep takes: what the plan says of each run, and of those of which it says nothing what runs of the same
/// cell took, or of any.
///
/// Pure. Starting and stopping a run takes what it took those before, and a second before there were any.
package struct SweepForecast: Sendable {
    /// A sum of times, and how many they are.
    private struct Mean {
        var sum = 0.0
        var count = 0
        var value: Double? { count > 0 ? sum / Double(count) : nil }

        mutating func add(_ value: Double) {
            sum += value
            count += 1
        }
    }

    private let planned: [Double?]
    private var left: [Int]
    private var taken: [Mean]
    private var unplanned = Mean()
    private var overhead = Mean()

    /// A forecast for cells of which the plan says that a run takes so many seconds, if it does, and of which so many runs are
    /// left.
    package init(planned: [Double?], left: [Int]) {
        self.planned = planned
        self.left = left
        taken = [Mean](repeating: Mean(), count: planned.count)
    }

    /// Further runs of a cell are to come.
    package mutating func add(_ cell: Int) { left[cell] += 1 }

    /// A run of a cell has ended after that many seconds.
    package mutating func end(_ cell: Int, seconds: Double) {
        left[cell] -= 1
        taken[cell].add(seconds)
        if let planned = planned[cell] {
            overhead.add(max(0, seconds - planned))
        } else {
            unplanned.add(seconds)
        }
    }

    /// Seconds that the runs that are left take; `nil` when nothing is known of one of them.
    package var secondsLeft: Double? {
        var sum = 0.0
        for (cell, count) in left.enumerated() where count > 0 {
            guard let one = seconds(of: cell) else { return nil }
            sum += one * Double(count)
        }
        return sum
    }

    private func seconds(of cell: Int) -> Double? {
        if let planned = planned[cell] { return planned + (overhead.value ?? 1) }
        return taken[cell].value ?? unplanned.value
    }
}
