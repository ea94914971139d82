import Measurement

/// Adds up the processor time of processes that come and go, from what each says.
struct ProcessUse {
    private var lastSeen: [Int32: Double] = [:]
    /// In seconds, so far.
    private(set) var seconds = 0.0

    /// Looks at those that live now. What one used between the last look and its end is not seen.
    mutating func look(at processes: [Int32]) {
        var seen: [Int32: Double] = [:]
        for process in processes {
            let before = lastSeen[process] ?? 0
            // One that has just ended, or whose account can't be read now, has used nothing since.
            let now = max(before, (try? ProcessSample.of(process: process).cpuSeconds) ?? before)
            seconds += now - before
            seen[process] = now
        }
        lastSeen = seen
    }
}
