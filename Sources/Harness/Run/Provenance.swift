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

/// The state of the source tree in which a run was started; "unknown" outside of one. Results that lie in it are no part of
/// what made them.
struct SourceRevision {
    let commit: String
    let isDirty: Bool

    /// Asks git about the working directory.
    static func current() -> SourceRevision {
        guard let commit = git("rev-parse", "HEAD"), !commit.isEmpty else {
            return SourceRevision(commit: "unknown", isDirty: false)
        }
        return SourceRevision(
            commit: commit,
            isDirty: git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)results")?.isEmpty
                == false)
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
    /// The scenario as the manifest states it: each field that is set, under its name with underscores.
    var facts: [String: JSONValue] {
        var facts = fields.reduce(into: [String: JSONValue]()) { facts, field in
            facts[field.name.replacing("-", with: "_")] = JSONValue(plain: field.text)
        }
        // Free text, also if it looks like a number.
        facts["name"] = .string(name)
        facts["description"] = .string(description)
        return facts
    }
}

extension JSONValue {
    /// A number, true or false, or text: what a plain text in a scenario's file stands for.
    fileprivate init(plain text: String) {
        if let number = Int64(text) {
            self = .integer(number)
        } else if let number = Double(text) {
            self = .number(number)
        } else if let flag = Bool(text) {
            self = .bool(flag)
        } else {
            self = .string(text)
        }
    }
}
