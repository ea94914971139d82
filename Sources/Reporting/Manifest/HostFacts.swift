import Measurement

/// The machine that a run ran on, and what of it the run was allowed.
package struct HostFacts: Codable, Sendable, Equatable {
    /// Its name.
    package var name: String
    /// Release of its kernel.
    package var kernel: String
    /// The CPU's name for itself; `unknown` where the kernel has none (as on many arm64 machines).
    package var cpuModel: String
    /// Processors online.
    package var cores: Int
    /// Memory in bytes.
    package var memoryBytes: UInt64
    /// The limits of this process' control group.
    package var cgroup: CGroupLimits

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, kernel, cores, cgroup
        case cpuModel = "cpu_model"
        case memoryBytes = "memory_bytes"
    }

    /// Facts of the given values.
    package init(
        name: String, kernel: String, cpuModel: String, cores: Int, memoryBytes: UInt64, cgroup: CGroupLimits
    ) {
        self.name = name
        self.kernel = kernel
        self.cpuModel = cpuModel
        self.cores = cores
        self.memoryBytes = memoryBytes
        self.cgroup = cgroup
    }

    /// This machine, as `/proc` and `/sys` tell. What a file that does not exist would tell is `unknown`, 0 or `nil`.
    ///
    /// - Parameter root: A folder to find `proc` and `sys` in, for tests.
    /// - Throws: ``ReportingError/system(_:)`` when a file exists and can't be read.
    package static func collect(root: String = "") throws(ReportingError) -> HostFacts {
        let files = KernelFiles(root: root)
        let cpus = try files.text("/proc/cpuinfo") ?? ""
        return HostFacts(
            name: try files.line("/proc/sys/kernel/hostname") ?? "unknown",
            kernel: try files.line("/proc/sys/kernel/osrelease") ?? "unknown",
            cpuModel: value(of: "model name", in: cpus) ?? value(of: "Model", in: cpus) ?? "unknown",
            cores: cpus.split(separator: "\n").count { $0.hasPrefix("processor") },
            memoryBytes: memory(in: try files.text("/proc/meminfo") ?? ""),
            cgroup: try CGroupLimits.collect(files))
    }

    private static func memory(in meminfo: String) -> UInt64 {
        let kibibytes = value(of: "MemTotal", in: meminfo)?.split(separator: " ").first
        return kibibytes.flatMap { UInt64($0) }.map { $0 * 1024 } ?? 0
    }

    /// What follows `name:` on the first such line.
    private static func value(of name: String, in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmed == name else { continue }
            return parts[1].trimmed
        }
        return nil
    }
}

/// Small files of the kernel, below a root.
struct KernelFiles {
    let root: String

    /// The text of a file; `nil` when there is none.
    func text(_ path: String) throws(ReportingError) -> String? {
        do throws(SystemCallFailure) {
            return try FileDescriptor.text(of: root + path)
        } catch {
            guard error.isAbsence else { throw .system(error) }
            return nil
        }
    }

    /// Its text without blanks and line breaks around it.
    func line(_ path: String) throws(ReportingError) -> String? {
        try text(path).map { $0[...].trimmed }
    }
}

extension Substring {
    /// It without white space around it.
    fileprivate var trimmed: String {
        let rest = drop(while: \.isWhitespace)
        let length = rest.reversed().drop(while: \.isWhitespace).count
        return String(rest.prefix(length))
    }
}
