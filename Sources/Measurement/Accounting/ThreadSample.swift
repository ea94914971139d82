/// What a thread has used up to an instant, or between two of them.
package struct ThreadSample: Sendable, Equatable {
    /// Monotonic time (an instant, or a length), in nanoseconds.
    package var wall: UInt64
    /// CPU time of the thread, user and system, in nanoseconds.
    package var cpu: UInt64
    /// Time it was ready to run but waited for a core, in nanoseconds.
    package var runDelay: UInt64
    /// Times it gave its core up itself, to wait.
    package var voluntarySwitches: UInt64
    /// Times its core was taken away.
    package var involuntarySwitches: UInt64

    /// A sample of the given values; all zero by default.
    package init(
        wall: UInt64 = 0, cpu: UInt64 = 0, runDelay: UInt64 = 0,
        voluntarySwitches: UInt64 = 0, involuntarySwitches: UInt64 = 0
    ) {
        self.wall = wall
        self.cpu = cpu
        self.runDelay = runDelay
        self.voluntarySwitches = voluntarySwitches
        self.involuntarySwitches = involuntarySwitches
    }

    /// What was used between two samples of one thread; `earlier` must not be the later one.
    package static func - (later: ThreadSample, earlier: ThreadSample) -> ThreadSample {
        ThreadSample(
            wall: later.wall - earlier.wall,
            cpu: later.cpu - earlier.cpu,
            runDelay: later.runDelay - earlier.runDelay,
            voluntarySwitches: later.voluntarySwitches - earlier.voluntarySwitches,
            involuntarySwitches: later.involuntarySwitches - earlier.involuntarySwitches)
    }
}
