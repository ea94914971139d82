import Glibc

/// What a process has used since it started: CPU seconds and its greatest resident memory.
package struct ProcessSample: Sendable, Equatable {
    /// CPU time in user mode, all threads, in seconds.
    package var cpuUserSeconds: Double
    /// CPU time in the kernel, all threads, in seconds.
    package var cpuSystemSeconds: Double
    /// Greatest resident set so far, in bytes; 0 when the kernel no longer tells it (a process that ended).
    package var peakMemoryBytes: UInt64

    /// CPU time in either mode, in seconds.
    package var cpuSeconds: Double { cpuUserSeconds + cpuSystemSeconds }

    /// A sample of the given values; all zero by default.
    package init(cpuUserSeconds: Double = 0, cpuSystemSeconds: Double = 0, peakMemoryBytes: UInt64 = 0) {
        self.cpuUserSeconds = cpuUserSeconds
        self.cpuSystemSeconds = cpuSystemSeconds
        self.peakMemoryBytes = peakMemoryBytes
    }

    /// This process' own use, to the microsecond.
    package static func current() throws(AccountingError) -> ProcessSample {
        var usage = rusage()
        guard unsafe getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else {
            throw .system(.last("getrusage", "self"))
        }
        return ProcessSample(
            cpuUserSeconds: seconds(usage.ru_utime),
            cpuSystemSeconds: seconds(usage.ru_stime),
            peakMemoryBytes: UInt64(usage.ru_maxrss) * 1024)
    }

    /// Another process' use, from `/proc/<pid>/stat` and `/proc/<pid>/status`; CPU time by the kernel's tick (10 ms).
    ///
    /// - Throws: ``AccountingError/system(_:)`` when there is no such process.
    package static func of(process: Int32) throws(AccountingError) -> ProcessSample {
        let stat = "/proc/\(process)/stat"
        let (user, system) = try cpuTicks(in: text(of: stat), path: stat)
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return ProcessSample(
            cpuUserSeconds: Double(user) / ticks,
            cpuSystemSeconds: Double(system) / ticks,
            peakMemoryBytes: peakMemory(in: try text(of: "/proc/\(process)/status")))
    }

    /// Fields 14 and 15 of a `stat` line. The second, the command, may hold blanks and parentheses: count from its end.
    static func cpuTicks(in line: String, path: String) throws(AccountingError) -> (user: UInt64, system: UInt64) {
        let afterCommand = line.lastIndex(of: ")").map { line[line.index(after: $0)...] }
        let fields = afterCommand?.split(separator: " ") ?? []
        guard fields.count > 12, let user = UInt64(fields[11]), let system = UInt64(fields[12]) else {
            throw .malformed(path: path, text: line)
        }
        return (user, system)
    }

    /// `VmHWM` of a `status` file, in bytes; 0 when it has none.
    static func peakMemory(in status: String) -> UInt64 {
        (ProcessFootprint.number("VmHWM:", in: status) ?? 0) * 1024
    }

    static func text(of path: String) throws(AccountingError) -> String {
        do throws(SystemCallFailure) {
            return try FileDescriptor.text(of: path)
        } catch {
            throw .system(error)
        }
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
