import Foundation
import Glibc
import Processes
import TestSupport
import Testing

/// A disk that has no room for a journal.
@Suite struct FullDiskTests {
    private static let isRoot = geteuid() == 0

    /// No room for the first reservation, and room for some: an error in one line, never a bus error.
    @Test(
        .enabled(if: Self.isRoot, "mounting a small disk takes root"),
        arguments: ["1m", "40m", "90m"])
    func aFullDiskIsAnErrorInOneLine(size: String) throws {
        let folder = try TemporaryFolder()
        let disk = folder.path(of: "disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        guard try Self.run("mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", disk) == .exited(0) else {
            print("skipped: mount is not permitted here")
            return
        }
        defer { _ = try? Self.run("umount", "--lazy", disk) }
        let ending = try FibqProgram.run(
            ["run", "--tasks", "2000000", "--mix", "fib-iterative:n=10", "--out", "\(disk)/run"], in: folder.path)
        #expect(ending.exitCode == 1, "\(ending.errors)")
        #expect(ending.errors.contains("No space left on device"), "\(ending.errors)")
        #expect(!ending.errors.contains("signal"), "\(ending.errors)")
        #expect(Set(ending.errorLines).count == ending.errorLines.count, "\(ending.errors)")
        #expect(ending.errorLines.filter { $0.contains("ended with exit code 1") }.count == 1, "\(ending.errors)")
    }

    private static func run(_ program: String, _ arguments: String...) throws -> Processes.ExitStatus? {
        try ChildProcess(executable: ExecutableSearch.path(of: program), arguments: arguments).wait(upTo: .seconds(20))
    }
}
