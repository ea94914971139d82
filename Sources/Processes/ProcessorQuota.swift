import Foundation
import Glibc

/// A limit on the processor time of a process and of its children: a control group of its own with the kernel's quota.
///
/// A process in it runs until its share of each 100 ms is used up, and then stands still until the next 100 ms begin. That
/// is what a container with a CPU limit gets, and a burstable instance whose credits are spent. The group goes with the
/// last reference, when nothing runs in it any more; what a killed program left is removed by the next one that makes a
/// group.
package final class ProcessorQuota: Sendable {
    /// The kernel's own default, in microseconds.
    private static let period = 100_000
    private static let prefix = "fibq-"

    private let folder: String

    /// Makes a group.
    ///
    /// - Parameter share: how much of one processor, above 0; 0.2 is a fifth, 2 is two whole ones.
    /// - Throws: ``ProcessError/noQuota(reason:)`` where this user, or this system, has no such groups.
    package init(share: Double) throws(ProcessError) {
        precondition(share > 0, "no process runs on nothing")
        let root = try ControlGroups.root()
        Self.removeLeftovers(in: root.path)
        folder = "\(root.path)/\(Self.prefix)\(getpid())-\(UInt32.random(in: .min ... .max))"
        guard unsafe mkdir(folder, 0o755) == 0 else {
            throw .noQuota(reason: "\(folder) can't be made: \(ProcessError.words(of: errno))")
        }
        do throws(ProcessError) {
            for (file, value) in root.settings(quota: max(1_000, Int(share * Double(Self.period))), period: Self.period)
            {
                try Self.write(value, to: "\(folder)/\(file)")
            }
        } catch {
            unsafe rmdir(folder)
            throw error
        }
    }

    deinit { unsafe rmdir(folder) }

    /// What stands before a command line so that it is carried out in this group: a program and its arguments. What it
    /// execs in the end has the process id that was started.
    package func launcher() throws(ProcessError) -> [String] {
        [try ExecutableSearch.path(of: "sh"), "-c", "echo $$ >\"$0\" && exec \"$@\"", "\(folder)/cgroup.procs"]
    }

    /// How long the kernel has held its processes back so far.
    package func throttledTime() throws(ProcessError) -> Duration {
        let path = "\(folder)/cpu.stat"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .noQuota(reason: "\(path) can't be read")
        }
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let number = Int64(words[1]) else { continue }
            if words[0] == "throttled_time" { return .nanoseconds(number) }
            if words[0] == "throttled_usec" { return .microseconds(number) }
        }
        throw .noQuota(reason: "\(path) does not say how long processes were throttled")
    }

    private static func write(_ text: String, to path: String) throws(ProcessError) {
        do {
            try FileHandle(forWritingTo: URL(fileURLWithPath: path)).write(contentsOf: Array(text.utf8))
        } catch {
            throw .noQuota(reason: "\(path) can't be set to \(text)")
        }
    }

    /// Removes the groups of programs that have ended. One in which something still runs can't be removed.
    private static func removeLeftovers(in root: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).prefix { $0 != "-" }
            guard let processID = pid_t(owner), kill(processID, 0) != 0, errno == ESRCH else { continue }
            unsafe rmdir("\(root)/\(name)")
        }
    }
}

/// Where this system keeps the control groups of processors, in either of Linux' two versions.
private struct ControlGroups {
    /// The folder in which groups can be made.
    let path: String
    private let isUnified: Bool

    /// The first of those that this process may use.
    static func root() throws(ProcessError) -> ControlGroups {
        let own = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        for line in own.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            if parts[1].split(separator: ",").contains("cpu") {
                let group = parts[2] == "/" ? "" : String(parts[2])
                return ControlGroups(path: "/sys/fs/cgroup/cpu\(group)", isUnified: false)
            }
            if parts[0] == "0", let path = unified(under: String(parts[2])) {
                return ControlGroups(path: path, isUnified: true)
            }
        }
        throw .noQuota(reason: "this system has no control groups with a limit on processors")
    }

    /// The nearest group from there up whose children can have limits.
    private static func unified(under group: String) -> String? {
        var path = "/sys/fs/cgroup" + (group == "/" ? "" : group)
        while path.hasPrefix("/sys/fs/cgroup") {
            let controllers = (try? String(contentsOfFile: "\(path)/cgroup.subtree_control", encoding: .utf8)) ?? ""
            if controllers.split(whereSeparator: \.isWhitespace).contains("cpu") { return path }
            path = URL(fileURLWithPath: path).deletingLastPathComponent().path
        }
        return nil
    }

    /// The files of a group, and what they are set to.
    func settings(quota: Int, period: Int) -> [(file: String, value: String)] {
        isUnified
            ? [("cpu.max", "\(quota) \(period)")]
            : [("cpu.cfs_period_us", "\(period)"), ("cpu.cfs_quota_us", "\(quota)")]
    }
}
