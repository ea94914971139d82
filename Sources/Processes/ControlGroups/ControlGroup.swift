import Foundation
import Glibc

/// A group of processes under limits of their own that the kernel keeps: Linux' control groups, of either version.
///
/// A process in it with a quota runs until its share of each period is used up, and then stands still until the next one
/// begins. That is what a container with a CPU limit gets, and a burstable instance whose credits are spent. The group goes
/// with the last reference, when nothing runs in it any more; what a killed program left is removed by the next one that
/// makes a group.
package final class ControlGroup: Sendable {
    /// What the processes of a group may use together.
    package struct Limits: Hashable, Sendable {
        /// How many processors' worth of time, above 0: 0.2 is a fifth of one, 2 is two whole ones; `nil` for no limit.
        package var quota: Double?
        /// Over which time the quota is kept: the kernel's own default, unless another is asked for.
        package var period = Duration.milliseconds(100)
        /// The only processors that they may run on; `nil` for all.
        package var processors: [Int]?
        /// Memory in bytes, and no swap beside it where the kernel counts that; `nil` for no limit.
        package var memoryBytes: UInt64?

        /// No limits so far.
        package init(quota: Double? = nil) { self.quota = quota }
    }

    /// The shortest quota that the kernel takes, whatever the period.
    package static let shortestQuota = Duration.milliseconds(1)
    private static let prefix = "fibq-"

    private let folders: [ControlGroupFolder]
    private let period: Duration

    /// Makes a group.
    ///
    /// - Throws: ``ProcessError/noControlGroup(reason:)`` where this user, or this system, has no such groups.
    package init(_ limits: Limits) throws(ProcessError) {
        precondition(limits.quota.map { $0 > 0 } ?? true, "no process runs on nothing")
        let homes = try ControlGroupFolder.homes(of: limits.controllers, in: .ofThisProcess())
        for home in homes { Self.removeLeftovers(in: home.path) }
        let name = "\(Self.prefix)\(getpid())-\(UInt32.random(in: .min ... .max))"
        var folders: [ControlGroupFolder] = []
        do throws(ProcessError) {
            for home in homes {
                let folder = try home.child(name)
                folders.append(folder)
                try folder.set(limits, parent: home)
            }
        } catch {
            for folder in folders { folder.remove() }
            throw error
        }
        self.folders = folders
        period = limits.period
    }

    deinit { for folder in folders { folder.remove() } }

    /// What stands before a command line so that it is carried out in this group: a program and its arguments. What it
    /// execs in the end has the process id that was started.
    package func launcher() throws(ProcessError) -> [String] {
        let join = #"while [ "$1" != -- ]; do echo $$ >"$1" || exit 71; shift; done; shift; exec "$@""#
        return try [ExecutableSearch.path(of: "sh"), "-c", join, "sh"] + folders.map(\.processes) + ["--"]
    }

    /// Changes the quota; `nil` takes it away. What runs feels it from the next period on.
    package func setQuota(_ quota: Double?) throws(ProcessError) {
        for folder in folders where folder.controllers.contains(.cpu) { try folder.set(quota, period) }
    }

    /// The processor time of all that ran in it so far.
    package func usedTime() throws(ProcessError) -> Duration {
        for folder in folders where folder.controllers.contains(.cpuacct) { return try folder.usedTime() }
        throw .noControlGroup(reason: "nothing counts the group's processor time")
    }

    /// How long the kernel has held its processes back so far.
    package func throttledTime() throws(ProcessError) -> Duration {
        for folder in folders where folder.controllers.contains(.cpu) { return try folder.throttledTime() }
        throw .noControlGroup(reason: "nothing counts the time for which the group was held back")
    }

    /// Removes the groups of programs that have ended. One in which something still runs can't be removed.
    private static func removeLeftovers(in home: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? [] where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).prefix { $0 != "-" }
            guard let processID = pid_t(owner), kill(processID, 0) != 0, errno == ESRCH else { continue }
            unsafe rmdir("\(home)/\(name)")
        }
    }
}

extension ControlGroup.Limits {
    /// What of the kernel has to look after the group: its time is always counted.
    var controllers: Set<ControlGroupFolder.Controller> {
        var controllers: Set<ControlGroupFolder.Controller> = [.cpu, .cpuacct]
        if processors != nil { controllers.insert(.cpuset) }
        if memoryBytes != nil { controllers.insert(.memory) }
        return controllers
    }
}
