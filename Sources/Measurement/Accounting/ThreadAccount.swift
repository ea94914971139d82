import Glibc

/// The kernel's account of one thread: CPU time, waiting for a core, context switches.
///
/// It is made on the thread that it measures and used on no other: the CPU clock and the switches are the caller's, the
/// run delay is that of the thread that made it (the link is followed when the file is opened). It holds one file
/// descriptor open until it ends.
package struct ThreadAccount: ~Copyable {
    private let schedstat: FileDescriptor?
    private let thread: pthread_t
    /// `RUSAGE_THREAD` of the kernel, which the C library shows to GNU sources only.
    private static let rusageThread: Int32 = 1

    /// Whether this kernel tells the time waited for a core; when not, `runDelay` is 0 in every sample.
    package var hasRunDelay: Bool { schedstat != nil }

    /// Opens the account of the calling thread.
    ///
    /// - Throws: ``AccountingError/system(_:)`` when `/proc` can't be read for another reason than a kernel without
    ///   schedstat.
    package init() throws(AccountingError) {
        thread = pthread_self()
        do throws(SystemCallFailure) {
            let file = try FileDescriptor(opening: "/proc/thread-self/schedstat", flags: O_RDONLY)
            // A kernel built with the file but without the bookkeeping answers "0 0 0".
            let text = String(decoding: try file.bytes(limit: 64), as: UTF8.self)
            schedstat = text.hasPrefix("0 0 0") ? nil : consume file
        } catch {
            guard error.code == ENOENT else { throw .system(error) }
            schedstat = nil
        }
    }

    /// The account up to now; call it on the thread that made it.
    ///
    /// It takes about 2 µs (three system calls, one of them a read of `/proc`; on a virtual machine of two cores) and
    /// allocates nothing: cheap beside a claim, dear beside a task of a microsecond.
    package borrowing func sample() -> ThreadSample {
        assert(pthread_equal(pthread_self(), thread) != 0, "a thread's account is sampled on that thread only")
        var usage = rusage()
        let result = unsafe getrusage(Self.rusageThread, &usage)
        precondition(result == 0, "getrusage(RUSAGE_THREAD) failed")
        let cpu = MonotonicClock.read(CLOCK_THREAD_CPUTIME_ID)
        // A thread loses its core most likely on its way out of a system call. Nothing lies between the clock and the
        // entry into the last one, so both see the same delays.
        return ThreadSample(
            wall: MonotonicClock.nanoseconds(),
            cpu: cpu,
            runDelay: readRunDelay(),
            voluntarySwitches: UInt64(usage.ru_nvcsw),
            involuntarySwitches: UInt64(usage.ru_nivcsw))
    }

    private borrowing func readRunDelay() -> UInt64 {
        switch schedstat {
        case .none: 0
        case .some(let file): Self.readRunDelay(file)
        }
    }

    private static func readRunDelay(_ file: borrowing FileDescriptor) -> UInt64 {
        unsafe withUnsafeTemporaryAllocation(byteCount: 80, alignment: 1) { buffer in
            let length = unsafe pread(file.number, buffer.baseAddress, buffer.count, 0)
            precondition(length > 0, "the thread of this account has ended")
            return unsafe Schedstat.runDelay(in: buffer.prefix(length))
        }
    }
}

/// The text of `/proc/<pid>/task/<tid>/schedstat`: time on a core, time waiting for one (both ns), timeslices.
enum Schedstat {
    /// The second number of the line, parsed without allocating.
    static func runDelay(in line: some Sequence<UInt8>) -> UInt64 {
        let space = UInt8(ascii: " ")
        var field = 0
        var value: UInt64 = 0
        for byte in line {
            if byte == space {
                field += 1
                if field > 1 { break }
            } else if field == 1 {
                value = value &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
            }
        }
        return value
    }
}
