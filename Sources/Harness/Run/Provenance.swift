import Foundation
import Multiprecision
import Processes
import Redis
import Reporting
import Workload

/// The versions of what this program is made of.
enum Versions {
    static let all = [
        "swift": swift, "gmp": LibraryVersions.gmp, "mpfr": LibraryVersions.mpfr, "hiredis": hiredisVersion,
    ]

    /// The compiler's release, as far as it can be told at compile time.
    private static var swift: String {
        #if compiler(>=6.4)
        "6.4 or later"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }
}

/// The state of the source tree in which a run was started; "unknown" outside of one.
struct SourceRevision {
    let commit: String
    let isDirty: Bool

    /// Asks git about the working directory.
    static func current() -> SourceRevision {
        guard let commit = git("rev-parse", "HEAD"), !commit.isEmpty else {
            return SourceRevision(commit: "unknown", isDirty: false)
        }
        return SourceRevision(
            commit: commit, isDirty: git("status", "--porcelain", "--untracked-files=no")?.isEmpty == false)
    }

    /// Git's answer; `nil` when there is no git, or no repository.
    private static func git(_ arguments: String...) -> String? {
        guard let executable = try? ExecutableSearch.path(of: "git") else { return nil }
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }
}

extension Scenario {
    /// The scenario as the manifest states it.
    var facts: [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "name": .string(name), "mix": .string("\(mix)"), "arrival": .string("\(arrival)"),
            "workers": .integer(Int64(workers)), "slots": .integer(Int64(slots)), "claim": .integer(Int64(claim)),
            "lease": .string(lease.textWithUnit), "monitors": .integer(Int64(monitors)),
            "monitor_interval": .string(monitorInterval.textWithUnit), "monitors_in_workers": .bool(monitorsInWorkers),
        ]
        if let tasks { facts["tasks"] = .integer(Int64(clamping: tasks)) }
        if let duration { facts["duration"] = .string(duration.textWithUnit) }
        return facts
    }
}
