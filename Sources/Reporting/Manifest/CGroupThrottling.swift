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
            guard let text = try? files.text(folder + "/cpu.stat") else { continue }
            if let time = ControlGroupStatistics(text, chain.version).throttledTime { return time / .seconds(1) }
        }
        return nil
    }
}
