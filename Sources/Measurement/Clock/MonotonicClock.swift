import Glibc

/// The one clock of every record: nanoseconds of `CLOCK_MONOTONIC`.
///
/// It starts at boot, never goes back, is shared by all processes of a host, and says nothing across hosts.
/// A reading costs about 25 ns and no system call (the vDSO answers).
package enum MonotonicClock {
    /// The present instant, in nanoseconds since an arbitrary start.
    package static func nanoseconds() -> UInt64 { read(CLOCK_MONOTONIC) }

    /// The present instant by the calendar, in nanoseconds since 1970-01-01T00:00:00Z. Unlike the other it may jump.
    package static func unixNanoseconds() -> UInt64 { read(CLOCK_REALTIME) }

    /// Lets the sleeps of this process end when they should: the kernel wakes a thread up to 50 µs late otherwise, to wake
    /// several at once. For threads that are started afterwards, and the one that calls; so it belongs at the beginning. Where
    /// the kernel refuses, sleeps end later, as every journal shows.
    package static func wakeOnTime() {
        guard let file = try? FileDescriptor(opening: "/proc/self/timerslack_ns", flags: O_WRONLY) else { return }
        try? file.write(Array("1".utf8))
    }

    /// Sleeps in this thread until that instant, whatever signals come.
    package static func sleep(until instant: UInt64) {
        var time = timespec()
        time.tv_sec = Int(instant / 1_000_000_000)
        time.tv_nsec = Int(instant % 1_000_000_000)
        while unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    /// Nanoseconds on any POSIX clock that every Linux has.
    static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        let result = unsafe clock_gettime(clock, &time)
        precondition(result == 0, "this kernel lacks clock \(clock)")
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
