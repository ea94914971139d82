import Foundation
import Glibc
import Reporting
import TestSupport
import Testing

/// `fibq accuracy` as a process: what it prints, what it writes, how it ends.
@Suite struct AccuracyCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String) throws -> FibqProgram.Ending {
        try FibqProgram.run(["accuracy"] + arguments.split(separator: " ").map(String.init), in: folder.path)
    }

    /// What is in the folder, the files aside that what was printed went to.
    private var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("fibq-") }.sorted()
        }
    }

    @Test func binetIsFirstWrongAt71() throws {
        let ending = try run("--from 0 --to 200 --algorithm binet")
        #expect(ending.exitCode == 0 && ending.errors == "")
        let lines = ending.output.split(separator: "\n")
        #expect(lines.count == 202)
        let wrong = try #require(lines.first { $0.contains(",false,") })
        #expect(wrong.hasPrefix("1,accuracy,nearest,1,71,binet,53,308061521170129,308061521170130,"))
    }

    @Test func firstDivergenceOfAnyPrecision() throws {
        let ending = try run("--first-divergence --algorithm binet,binet-mpfr --precision 34 --rounding nearest")
        #expect(ending.exitCode == 0)
        let rows = ending.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").dropFirst(4) }
        #expect(
            rows.map { $0.joined(separator: ",") } == [
                "binet,53,nearest,71,70,79,1475,0", "binet-mpfr,34,nearest,49,54,52,3",
            ])
        #expect(ending.errorLines.count == 2, "\(ending.errors)")
    }

    @Test(arguments: [
        ("--from 5 --to 1", "is empty"), ("--why --from 5 --to 1", "is empty"), ("--why --from 0", "below 1"),
        ("--why --to 400000000000", "cannot represent F(400000000000)"), ("--precision 1", "no precision"),
        ("--precision many", "no precision"), ("--algorithm binet-mpfr --rounding sideways", "no rounding mode"),
        ("--algorithm magic", "no algorithm"), ("--first-divergence --algorithm gmp", "never diverges"),
        ("--first-divergence --precision 100000000 --algorithm binet-mpfr", "unless forced"),
        ("--first-divergence --to 5", "leave it out"), ("--time --to 0", "nothing to time"),
        ("--study --to 0", "nothing to time"), ("--to 5 --out .", "it is a folder"),
        ("--to 5 --out no/such.csv", "there is no folder"), ("--study --out /dev/null/x", "cannot be made"),
    ])
    func badInputIsOneLineAndLeavesNothing(arguments: String, message: String) throws {
        let ending = try run(arguments)
        #expect(ending.exitCode == 64 && ending.output == "", "\(arguments): \(ending.errors)")
        #expect(ending.errorLines.count == 1 && ending.errors.contains(message), "\(ending.errors)")
        #expect(try names == [])
    }

    @Test func anEmptyNameIsRefused() throws {
        let ending = try FibqProgram.run(["accuracy", "--to", "5", "--out", ""], in: folder.path)
        #expect(ending.exitCode == 64 && ending.errors.contains("an empty name is no file's"), "\(ending.errors)")
    }

    /// What is no regular file is written to and stays what it is; a symbolic link stays one.
    @Test func onlyRegularFilesAreReplaced() throws {
        _ = try folder.write("old\n", to: "real.csv")
        try FileManager.default.createSymbolicLink(atPath: folder.path(of: "link"), withDestinationPath: "real.csv")
        #expect(try run("--to 1 --out link").exitCode == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path(of: "link")) == "real.csv")
        let text = try String(contentsOfFile: folder.path(of: "real.csv"), encoding: .utf8)
        #expect(text.split(separator: "\n").count == 3)

        #expect(unsafe mkfifo(folder.path(of: "pipe"), 0o600) == 0)
        let pipe = unsafe open(folder.path(of: "pipe"), O_RDWR | O_CLOEXEC)
        defer { close(pipe) }
        #expect(try run("--to 1 --out pipe").exitCode == 0)
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe read(pipe, &bytes, bytes.count)
        #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").count == 3)
        #expect(try names == ["link", "pipe", "real.csv"])
    }

    @Test func aLostResultIsNoSuccess() throws {
        let ending = try run("--to 300 --out /dev/full")
        #expect(ending.exitCode == 1 && ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.contains("No space left on device"))
    }

    /// Standard output that takes nothing, of commands that print in different ways.
    @Test(arguments: ["fib 100", "accuracy --to 5", "accuracy --first-divergence --algorithm binet --quiet"])
    func aFullStandardOutputIsNoSuccess(command: String) throws {
        let script = "exec \(FibqProgram.path) \(command) > /dev/full"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 1, "\(command)")
        #expect(text.hasPrefix("fibq: standard output: ") && text.split(separator: "\n").count == 1, "\(text)")
    }

    @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedSweepLeavesNoFile(signal: Int32) throws {
        let program = try FibqProgram(
            ["accuracy", "--to", "1000000", "--algorithm", "gmp", "--out", "x.csv"], in: folder.path)
        #expect(eventually { FileManager.default.fileExists(atPath: folder.path(of: "x.csv.partial")) })
        program.send(signal: signal)
        let ending = try program.end()
        #expect(ending.exitCode == 130 && ending.errors == "fibq: interrupted\n", "\(ending.errors)")
        #expect(try names == [])
    }

    @Test func anInterruptedStudyTellsWhatItHas() throws {
        let program = try FibqProgram(["accuracy", "--study", "--to", "100000", "--out", "study"], in: folder.path)
        #expect(eventually { program.printedErrors.contains("timing recursive") })
        program.send(signal: SIGINT)
        let ending = try program.end()
        #expect(ending.exitCode == 130, "\(ending.errors)")
        #expect(ending.errorLines.last == "fibq: interrupted; what was measured so far is in study")
        let study = folder.path(of: "study")
        let manifest = try Manifest.read(from: study)
        #expect(manifest.exitStatus == 130 && manifest.sha256["timings.csv"] != nil)
        #expect(try manifest.changedFiles(in: study) == [])
        let files = try FileManager.default.contentsOfDirectory(atPath: study)
        #expect(Set(files) == Set(manifest.sha256.keys).union(["manifest.json"]))
    }

    /// The rows to the file, how they grow to standard output.
    @Test func timingsAreFitted() throws {
        let ending = try run("--time --algorithm iterative,binet --to 50 --out t.csv --quiet")
        #expect(ending.exitCode == 0 && ending.errors == "", "\(ending.errors)")
        #expect(ending.output.hasPrefix("Growth of time\n") && ending.output.contains("iterative"))
        #expect(try names == ["t.csv"])
    }

    @Test func aWholeStudyIsSigned() throws {
        let ending = try run("--study --to 1 --quiet --out study")
        #expect(ending.exitCode == 0 && ending.output == "Files: study\n" && ending.errors == "", "\(ending.errors)")
        let manifest = try Manifest.read(from: folder.path(of: "study"))
        #expect(manifest.exitStatus == 0 && manifest.sha256.count == 8)
        #expect(try manifest.changedFiles(in: folder.path(of: "study")) == [])
    }
}
