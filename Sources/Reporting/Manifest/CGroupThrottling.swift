import Processes

/// How long the kernel has held this process' control group back for its CPU quota.
package enum CGroupThrottling {
    /// Seconds of throttled time so far, of the innermost group that keeps count; `nil` where none does.
    package static func seconds() -> Double? {
        let files = KernelFiles(root: "")
        // A kernel that does not show its groups keeps no count either.
        guard let groups = try? files.text("/proc/self/cgroup"), let mounts = try? files.text("/proc/self/mountinfo"),
            let chain = ControlGroupMap(groups: groups, mounts: mounts).chain(of: "cpu")
        else { return nil }
        for folder in chain.folders {
            guard let statistics = try? files.text(folder + "/cpu.stat") else { continue }
            if let seconds = seconds(in: statistics, chain.version) { return seconds }
        }
        return nil
    }

    /// Reads the text of `cpu.stat`.
    static func seconds(in statistics: String, _ version: ControlGroupMap.Version) -> Double? {
        let (name, unit) = version == .v1 ? ("throttled_time", 1e-9) : ("throttled_usec", 1e-6)
        let line = statistics.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line?.split(separator: " ").last.flatMap { Double($0) }.map { $0 * unit }
    }
}
