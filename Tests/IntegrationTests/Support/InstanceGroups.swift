import Foundation
import Glibc
import Processes
import Testing

/// The control groups in which runs put what is on their instance, in every hierarchy that they are in.
enum InstanceGroups {
    /// False where this user can make none.
    static let arePossible = !homes.isEmpty

    /// What a t2.small is held to.
    private static var limits: ControlGroup.Limits {
        var limits = ControlGroup.Limits(quota: 1)
        (limits.processors, limits.memoryBytes) = (Array(Processors.allowed.suffix(1)), 2 << 30)
        return limits
    }

    /// The groups that a run has made, or left.
    static func of(_ conductor: pid_t) throws -> [String] {
        try #require(!homes.isEmpty)
        return try homes.flatMap { home in
            try FileManager.default.contentsOfDirectory(atPath: home).filter { $0.hasPrefix("fibq-\(conductor)-") }
                .map { "\(home)/\($0)" }
        }
    }

    /// What runs in them.
    static func processes(of conductor: pid_t) throws -> Set<pid_t> {
        Set(
            try of(conductor).flatMap { group in
                // Another program's start may remove it at any moment.
                let text = (try? String(contentsOfFile: "\(group)/cgroup.procs", encoding: .utf8)) ?? ""
                return text.split(separator: "\n").compactMap { pid_t($0) }
            })
    }

    /// The folders in which they are made; none where this user can make none. They are looked for once: making a group clears
    /// away what dead programs have left, which is what is to be seen.
    private static let homes: Set<String> = {
        let files = (try? ControlGroup(limits).launcher()) ?? []
        return Set(
            files.filter { $0.hasSuffix("/cgroup.procs") }
                .map { URL(fileURLWithPath: $0).deletingLastPathComponent().deletingLastPathComponent().path })
    }()
}
