/// When the tasks of a run were acked: whether work went on.
package struct AckTimes: Sendable {
    /// In order, in nanoseconds of the monotonic clock.
    private let times: [UInt64]

    /// Those of any order.
    package init(_ times: [UInt64]) { self.times = times.sorted() }

    /// The longest time without any ack from `start` on, up to the first ack that is not before `end`, in nanoseconds; `nil` when
    /// there is no such ack, so that nobody knows how long it would have been. Time before `start` does not count.
    ///
    /// Cost: that of finding `start`, O(log n), and of what lies in between.
    package func longestGap(from start: UInt64, to end: UInt64) -> UInt64? {
        var (last, longest) = (start, UInt64(0))
        for time in times[first(notBefore: start)...] {
            longest = max(longest, time - last)
            last = time
            if time >= end { return longest }
        }
        return nil
    }

    private func first(notBefore time: UInt64) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
