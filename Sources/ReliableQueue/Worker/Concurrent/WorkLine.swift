/// A line of work, first come, first served. Appending and taking cost O(1), now and then O(n).
struct WorkLine<Work> {
    private var work: [Work] = []
    private var next = 0

    /// Lines work up at the end.
    mutating func append(_ more: some Sequence<Work>) {
        if next > 1_024, next * 2 > work.count {
            work.removeFirst(next)
            next = 0
        }
        work += more
    }

    /// Takes the first; `nil` when there is none.
    mutating func takeFirst() -> Work? {
        guard next < work.count else { return nil }
        defer { next += 1 }
        return work[next]
    }
}
