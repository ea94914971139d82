import Glibc
import Redis

/// Nanoseconds of CLOCK_MONOTONIC, some 25 ns a reading.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}

extension Duration {
    /// Whole microseconds of it, in nanoseconds of that clock; none of a negative one.
    var monotonicNanoseconds: UInt64 { UInt64(max(0, microseconds)) * 1_000 }
}
