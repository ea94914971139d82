import Reporting

/// Finds the n from which one of two algorithms is faster than the other for good.
struct CrossoverSearch {
    private let first: TimedAlgorithm
    private let second: TimedAlgorithm
    /// What counts as faster at the end, so that two that go side by side don't change places by noise.
    private static let margin = 1.1
    /// At each n that both were timed at, in order: the second's time ÷ the first's.
    private let timed: [(n: Int, ratio: Double)]

    init(_ first: TimedAlgorithm, _ second: TimedAlgorithm, _ timings: [TimingRow]) {
        self.first = first
        self.second = second
        let times = timings.filter { $0.algorithm == first.name }
        timed = timings.filter { $0.algorithm == second.name }.compactMap { row in
            times.first { $0.n == row.n }.map { (row.n, row.medianNanoseconds / $0.medianNanoseconds) }
        }
    }

    /// The last change of places, bisected by paired measurements; `nil` if there is none within both ranges, or if they
    /// are within a tenth of each other at its end.
    func find() throws(HarnessError) -> (slower: TimedAlgorithm, faster: TimedAlgorithm, n: Int)? {
        guard let last = timed.last?.ratio, max(last, 1 / last) > Self.margin else { return nil }
        let winner = last < 1
        guard let change = timed.lastIndex(where: { ($0.ratio < 1) != winner }) else { return nil }
        var (below, above) = (timed[change].n, timed[change + 1].n)
        while above - below > max(1, below / 20) {
            let middle = below + (above - below) / 2
            if try secondIsFaster(at: middle) == winner { above = middle } else { below = middle }
        }
        return winner ? (first, second, above) : (second, first, above)
    }

    /// By the median of the ratios of eleven interleaved pairs.
    private func secondIsFaster(at n: Int) throws(HarnessError) -> Bool {
        let calls = (try first.batch(at: n).calls, try second.batch(at: n).calls)
        var ratios: [Double] = []
        for _ in 0..<11 {
            let one = Double(try first.nanoseconds(at: n, calls: calls.0)) / Double(calls.0)
            let two = Double(try second.nanoseconds(at: n, calls: calls.1)) / Double(calls.1)
            ratios.append(two / one)
        }
        return ratios.sorted()[5] < 1
    }
}
