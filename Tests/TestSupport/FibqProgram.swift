import Foundation
package import Glibc
import Processes

/// The `fibq` that was built together with these tests, as a process of its own.
///
/// It runs in `folder`: that is its working directory and its place for temporary files, and what it prints goes to
/// files there, so that no pipe can fill up. It is killed when the last reference to it goes.
package final class FibqProgram {
    /// How it ended, and what it said.
    package struct Ending {
        /// Its exit code; `nil` when a signal ended it.
        package let exitCode: Int32?
        /// The signal that ended it; `nil` when it ended by itself.
        package let signal: Int32?
        /// What it wrote to standard output.
        package let output: String
        /// What it wrote to standard error.
        package let errors: String

        /// The lines of standard error.
        package var errorLines: [Substring] { errors.split(separator: "\n") }
    }

    /// Why a test can't go on.
    package enum Failure: Error {
        /// It still runs, and says this.
        case stillRuns(errors: String)
        /// A file for what it prints can't be made.
        case noFile(path: String)
    }

    private let process: ChildProcess
    private let output: String
    private let errors: String

    /// Starts `fibq` with `arguments`.
    ///
    /// - Parameters:
    ///   - environment: variables that it gets besides the test's own.
    ///   - launcher: what stands before its command line; it has to exec what follows.
    package init(
        _ arguments: [String], in folder: String, environment: [String: String] = [:], launcher: [String] = []
    ) throws {
        let name = "\(folder)/fibq-\(UUID().uuidString.prefix(8))"
        (output, errors) = ("\(name).out", "\(name).err")
        let outputFile = try Self.createFile(output)
        defer { close(outputFile) }
        let errorFile = try Self.createFile(errors)
        defer { close(errorFile) }
        let variables = environment.merging(["TMPDIR": folder]) { given, _ in given }.map { "\($0)=\($1)" }
        // env(1) execs, so the process that is started becomes fibq itself.
        process = try ChildProcess(
            executable: ExecutableSearch.path(of: "env"),
            arguments: ["--chdir", folder] + variables + launcher + [Self.path] + arguments,
            standardOutput: outputFile, standardError: errorFile, ownGroup: false)
    }

    deinit {
        process.send(signal: SIGKILL)
        _ = process.wait(upTo: .seconds(10))
    }

    /// Runs `fibq` to its end.
    package static func run(
        _ arguments: [String], in folder: String, environment: [String: String] = [:]
    ) throws -> Ending {
        try FibqProgram(arguments, in: folder, environment: environment).end()
    }

    /// Where it is: beside the test bundle.
    package static let path: String = {
        let tests = URL(fileURLWithPath: ExecutableSearch.current)
        return tests.deletingLastPathComponent().appending(path: "fibq").path
    }()

    /// Its process id.
    package var processID: pid_t { process.processID }

    /// Sends it a signal, unless it has ended.
    package func send(signal: Int32) { process.send(signal: signal) }

    /// Waits for its end.
    ///
    /// - Throws: ``Failure/stillRuns(errors:)`` when it does not end within `limit`.
    package func end(within limit: Duration = .seconds(90)) throws -> Ending {
        guard let status = process.wait(upTo: limit) else { throw Failure.stillRuns(errors: printedErrors) }
        let output = try String(contentsOfFile: output, encoding: .utf8)
        return switch status {
        case .exited(let code): Ending(exitCode: code, signal: nil, output: output, errors: printedErrors)
        case .signalled(let signal): Ending(exitCode: nil, signal: signal, output: output, errors: printedErrors)
        }
    }

    /// True until it ends.
    package var isRunning: Bool { process.poll() == nil }

    /// What it has written to standard error so far.
    package var printedErrors: String {
        // The file was made here; one that can't be read has nothing to show.
        (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
    }

    /// What it has written to standard output so far.
    package var printedOutput: String {
        // The file was made here; one that can't be read has nothing to show.
        (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    }

    private static func createFile(_ path: String) throws -> Int32 {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure.noFile(path: path) }
        return file
    }
}
