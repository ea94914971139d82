import Foundation
import Glibc

/// What the kernel says of running processes.
enum ProcessTable {
    /// The direct children of a process that have not ended.
    static func children(of parent: pid_t) -> [pid_t] {
        processes.filter { $0.parent == parent }.map(\.process)
    }

    /// All processes below one, however deep.
    static func descendants(of ancestor: pid_t) -> [pid_t] {
        let all = processes
        var found: [pid_t] = []
        var parents: Set<pid_t> = [ancestor]
        while !parents.isEmpty {
            let next = all.filter { parents.contains($0.parent) }.map(\.process)
            found += next
            parents = Set(next)
        }
        return found
    }

    /// False once a process has ended, also while nobody has reaped it.
    static func isAlive(_ process: pid_t) -> Bool {
        status(of: process) != nil
    }

    /// A process' command line.
    static func arguments(of process: pid_t) -> [String] {
        // One that has just ended has none.
        let text = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
        return text.split(separator: "\0").map(String.init)
    }

    /// The children of a `fibq run` that play a role, such as `worker`.
    static func children(of run: pid_t, role: String) -> [pid_t] {
        children(of: run).filter { child in
            let arguments = arguments(of: child)
            return arguments.count > 1 && arguments[0].hasSuffix("/fibq") && arguments[1] == role
        }
    }

    /// The private server of a `fibq run`.
    static func server(of run: pid_t) -> pid_t? {
        descendants(of: run).first { arguments(of: $0).first?.contains("redis-server") == true }
    }

    /// The working directory of a process.
    static func folder(of process: pid_t) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
    }

    private static var processes: [(process: pid_t, parent: pid_t)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.compactMap { process in
            status(of: process).map { (process, $0) }
        }
    }

    /// The parent of a process; `nil` when it has ended.
    private static func status(of process: pid_t) -> pid_t? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // The name stands in parentheses, and may hold anything.
            let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 1,
            fields[0] != "Z", fields[0] != "X"
        else { return nil }
        return pid_t(fields[1])
    }
}
