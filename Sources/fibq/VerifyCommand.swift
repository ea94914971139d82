import ArgumentParser
import Harness

/// `fibq verify`: is a recorded folder whole, unchanged, and in agreement with itself?
struct VerifyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: "Check recorded folders: sums, headers, units, and that their files agree.",
            discussion: """
                Prints a line a check. Exit code 1 when one fails, else 65 when a folder holds no results.
                """)
    }

    @Argument(help: "The folders.")
    var folders: [String]

    func run() throws {
        var failed: [String] = []
        var unreadable: HarnessError?
        for folder in folders {
            do throws(HarnessError) {
                let verification = try FolderVerification(folder)
                print(verification.lines.joined(separator: "\n"))
                if !verification.isOK { failed.append(folder) }
            } catch {
                StandardError.write("fibq: \(error)\n")
                unreadable = unreadable ?? error
            }
        }
        guard failed.isEmpty else {
            throw HarnessError.run("something is wrong with \(failed.joined(separator: ", "))")
        }
        if let unreadable { throw ExitCode(unreadable.exitCode) }
    }
}
