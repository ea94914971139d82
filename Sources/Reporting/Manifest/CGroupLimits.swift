import Processes

/// What the control group of this process allows it. `nil`: no limit, or none that can be seen.
///
/// Of a group and those above it the tightest counts. Each controller is looked for in the old hierarchy (v1) first and
/// in the unified one (v2) then, since hosts may have both.
package struct CGroupLimits: Codable, Sendable, Equatable {
    /// Processors' worth of CPU time: quota ÷ period.
    package var cpus: Double?
    /// Memory in bytes.
    package var memoryBytes: UInt64?
    /// Processors that may be used, such as `0-1`.
    package var cpuset: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case cpus, cpuset
        case memoryBytes = "memory_bytes"
    }

    /// Limits of the given values.
    package init(cpus: Double? = nil, memoryBytes: UInt64? = nil, cpuset: String? = nil) {
        self.cpus = cpus
        self.memoryBytes = memoryBytes
        self.cpuset = cpuset
    }

    static func collect(_ files: KernelFiles) throws(ReportingError) -> CGroupLimits {
        let groups = ControlGroupMap(
            groups: try files.text("/proc/self/cgroup") ?? "", mounts: try files.text("/proc/self/mountinfo") ?? "")
        return CGroupLimits(
            cpus: try least(in: groups.chain(of: "cpu")) { folder, version throws(ReportingError) in
                try cpus(files, folder, version)
            },
            memoryBytes: try least(in: groups.chain(of: "memory")) { folder, version throws(ReportingError) in
                let name = version == .v1 ? "memory.limit_in_bytes" : "memory.max"
                // Without a limit v1 shows the greatest multiple of a page that is a signed integer.
                return try files.line(folder + "/" + name).flatMap { UInt64($0) }.flatMap { $0 < 1 << 62 ? $0 : nil }
            },
            cpuset: try cpuset(files, groups.chain(of: "cpuset")))
    }

    private static func least<Value: Comparable>(
        in chain: ControlGroupMap.Chain?,
        _ limit: (String, ControlGroupMap.Version) throws(ReportingError) -> Value?
    ) throws(ReportingError) -> Value? {
        guard let chain else { return nil }
        var least: Value?
        for folder in chain.folders {
            guard let value = try limit(folder, chain.version) else { continue }
            least = least.map { min($0, value) } ?? value
        }
        return least
    }

    private static func cpus(
        _ files: KernelFiles, _ folder: String, _ version: ControlGroupMap.Version
    ) throws(ReportingError) -> Double? {
        let text: String?
        switch version {
        case .v1:
            let quota = try files.line(folder + "/cpu.cfs_quota_us")
            let period = try files.line(folder + "/cpu.cfs_period_us")
            text = quota.flatMap { quota in period.map { quota + " " + $0 } }
        case .v2:
            text = try files.line(folder + "/cpu.max")
        }
        let numbers = text?.split(separator: " ").map { Double($0) } ?? []
        guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], quota > 0, period > 0 else {
            return nil
        }
        return quota / period
    }

    private static func cpuset(
        _ files: KernelFiles, _ chain: ControlGroupMap.Chain?
    ) throws(ReportingError) -> String? {
        guard let chain, let folder = chain.folders.first else { return nil }
        return try files.line(folder + (chain.version == .v1 ? "/cpuset.cpus" : "/cpuset.cpus.effective"))
    }
}
