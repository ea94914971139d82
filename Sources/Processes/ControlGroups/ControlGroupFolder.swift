import Foundation
import Glibc

/// A control group as one hierarchy of the kernel shows it: a folder whose files are its limits and its accounts.
struct ControlGroupFolder: Sendable {
    /// What of the kernel looks after a group. The unified hierarchy counts time with `cpu`, without a controller for it.
    enum Controller: String, CaseIterable, Sendable {
        case cpu, cpuacct, cpuset, memory
    }

    let path: String
    let version: ControlGroupMap.Version
    /// Those that are this folder's concern.
    let controllers: Set<Controller>

    /// The file through which a process joins.
    var processes: String { "\(path)/cgroup.procs" }

    // MARK: Where groups can be made

    /// The folders in which groups with these controllers can be made by this process.
    static func homes(
        of controllers: Set<Controller>, in map: ControlGroupMap
    ) throws(ProcessError) -> [ControlGroupFolder] {
        var separate: [String: Set<Controller>] = [:]
        var (unified, chain): (Set<Controller>, [String]) = ([], [])
        for controller in controllers {
            guard let found = map.chain(of: controller.rawValue) else {
                throw .noControlGroup(reason: "this system has no control groups for \(controller.rawValue)")
            }
            switch found.version {
            case .v1: separate[try writable(found.folders), default: []].insert(controller)
            case .v2:
                unified.insert(controller)
                chain = found.folders
            }
        }
        var homes = separate.map { ControlGroupFolder(path: $0, version: .v1, controllers: $1) }
        if !unified.isEmpty {
            homes.append(ControlGroupFolder(path: try delegating(unified, chain), version: .v2, controllers: unified))
        }
        return homes
    }

    /// The innermost of the folders in which a group can be made.
    private static func writable(_ folders: [String]) throws(ProcessError) -> String {
        for folder in folders where unsafe access(folder, W_OK) == 0 { return folder }
        throw .noControlGroup(reason: "this user may not write in \(folders.last ?? "/sys/fs/cgroup")")
    }

    /// The innermost of the folders whose children can have these controllers.
    private static func delegating(
        _ controllers: Set<Controller>, _ folders: [String]
    ) throws(ProcessError) -> String {
        let wanted = controllers.subtracting([.cpuacct]).map(\.rawValue)
        for folder in folders where unsafe access(folder, W_OK) == 0 {
            let control = "\(folder)/cgroup.subtree_control"
            let before = words(of: control)
            // Refused where the folder has processes of its own, or where those above it don't have them either.
            for name in wanted where !before.contains(name) { try? write("+\(name)", to: control) }
            let after = words(of: control)
            if after.isSuperset(of: wanted) { return folder }
            for name in after.subtracting(before) { try? write("-\(name)", to: control) }
        }
        throw .noControlGroup(
            reason: "no group that this user may write in hands down \(wanted.joined(separator: ", "))")
    }

    private static func words(of path: String) -> Set<String> {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// Makes a group in it.
    func child(_ name: String) throws(ProcessError) -> ControlGroupFolder {
        let folder = "\(path)/\(name)"
        guard unsafe mkdir(folder, 0o755) == 0 else {
            throw .noControlGroup(reason: "\(folder) can't be made: \(ProcessError.words(of: errno))")
        }
        return ControlGroupFolder(path: folder, version: version, controllers: controllers)
    }

    /// Removes it, if nothing runs in it. A process that is just ending still counts for a moment: so it is asked again, up
    /// to a second.
    func remove() {
        for _ in 0..<100 {
            guard unsafe rmdir(path) != 0, errno == EBUSY else { return }
            usleep(10_000)
        }
    }

    // MARK: Limits

    /// Sets those of the limits that are this folder's concern. Without its processors and its memory's place a group of
    /// the old kind takes no process.
    func set(_ limits: ControlGroup.Limits, parent: ControlGroupFolder) throws(ProcessError) {
        if controllers.contains(.cpu) {
            if version == .v1 { try write("\(Int(limits.period / .microseconds(1)))", to: "cpu.cfs_period_us") }
            try set(limits.quota, limits.period)
        }
        if controllers.contains(.cpuset), let processors = limits.processors {
            if version == .v1 { try write(try parent.text("cpuset.mems"), to: "cpuset.mems") }
            try write(processors.map(String.init).joined(separator: ","), to: "cpuset.cpus")
        }
        if controllers.contains(.memory), let bytes = limits.memoryBytes {
            try write("\(bytes)", to: version == .v1 ? "memory.limit_in_bytes" : "memory.max")
            let swap = version == .v1 ? ("memory.memsw.limit_in_bytes", "\(bytes)") : ("memory.swap.max", "0")
            // Not there where the kernel does not count swap.
            if unsafe access("\(path)/\(swap.0)", F_OK) == 0 { try write(swap.1, to: swap.0) }
        }
    }

    /// Sets how much of a processor its processes get in each period, which is that of a new group: a quota that changes is set
    /// in one write, so that they are never without one.
    func set(_ quota: Double?, _ period: Duration) throws(ProcessError) {
        let length = period / .microseconds(1)
        let share = quota.map { max(Int(ControlGroup.shortestQuota / .microseconds(1)), Int(($0 * length).rounded())) }
        switch version {
        case .v1: try write("\(share ?? -1)", to: "cpu.cfs_quota_us")
        case .v2: try write("\(share.map(String.init) ?? "max") \(Int(length))", to: "cpu.max")
        }
    }

    // MARK: Accounts

    /// The processor time of all that ran in it.
    func usedTime() throws(ProcessError) -> Duration {
        if version == .v2 { return try said(by: statistics().usedTime, "how much it ran") }
        guard let nanoseconds = Int64(try text("cpuacct.usage")) else {
            throw .noControlGroup(reason: "\(path)/cpuacct.usage does not hold a time")
        }
        return .nanoseconds(nanoseconds)
    }

    /// How long its processes were held back.
    func throttledTime() throws(ProcessError) -> Duration {
        try said(by: statistics().throttledTime, "how long it was held back")
    }

    private func statistics() throws(ProcessError) -> ControlGroupStatistics {
        ControlGroupStatistics(try text("cpu.stat"), version)
    }

    private func said(by time: Duration?, _ what: String) throws(ProcessError) -> Duration {
        guard let time else { throw .noControlGroup(reason: "\(path)/cpu.stat does not say \(what)") }
        return time
    }

    // MARK: Files

    private func text(_ file: String) throws(ProcessError) -> String {
        guard let text = try? String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) else {
            throw .noControlGroup(reason: "\(path)/\(file) can't be read")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func write(_ text: String, to file: String) throws(ProcessError) {
        try Self.write(text, to: "\(path)/\(file)")
    }

    private static func write(_ text: String, to path: String) throws(ProcessError) {
        do {
            try FileHandle(forWritingTo: URL(fileURLWithPath: path)).write(contentsOf: Array(text.utf8))
        } catch {
            throw .noControlGroup(reason: "\(path) can't be set to \(text)")
        }
    }
}

extension ControlGroupMap {
    /// Where this process' groups are.
    static func ofThisProcess() -> ControlGroupMap {
        func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
        return ControlGroupMap(groups: text("/proc/self/cgroup"), mounts: text("/proc/self/mountinfo"))
    }
}
