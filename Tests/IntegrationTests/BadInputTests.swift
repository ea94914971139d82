import Foundation
import Glibc
import TestSupport
import Testing

/// What is wrong with a command line or a file is said in one line, with the exit code of its sort.
@Suite struct BadInputTests {
    /// Arguments after `fibq`, and what the message must hold.
    private static let commandLines: [(arguments: String, message: String)] = [
        ("fib 10 --algorithm magic", "no algorithm \"magic\": choose one of recursive, "),
        ("fib --algorithm binet -- -5", "negative"),
        ("fib 94 --algorithm iterative", "F(94)"),
        ("fib 1475 --algorithm binet", "F(1475)"),
        ("fib 60 --algorithm recursive", "would take too long"),
        ("fib 9223372036854775807", "cannot represent"),
        ("run --tasks 10 --mix fib-magic:n=1", "unknown task kind \"fib-magic\""),
        ("run --tasks 10 --mix fib-gmp:n=-3", "cannot be \"-3\""),
        ("run --tasks 10 --mix fib-gmp:n=1..x", "cannot be \"1..x\""),
        ("run --tasks 10 --mix fib-iterative:n=94", "n of fib-iterative cannot be \"94\"; allowed: 0 to 93"),
        ("run --tasks 10 --mix fib-recursive:n=60", "allowed: 0 to 40, and larger ones with --force"),
        ("run --tasks 10 --mix fib-gmp:n=1000000000000", "allowed: 0 to "),
        ("run --tasks 10 --mix fib-recursive:n=exponential(20)", "end by 40, such as 40, 1..40 or zipf(1..40,1.1)"),
        ("run --tasks 10 --mix fib-binet:n=lognormal(20,1) --force", "allowed: distributions that end by 1474"),
        ("run --tasks 10 --mix fib-gmp:m=3", "unknown option of fib-gmp \"m\""),
        ("run --tasks 0", "tasks cannot be \"0\""),
        ("run --tasks 10 --workers 0", "workers cannot be \"0\""),
        ("run --tasks 10 --claim 5000", "claim cannot be \"5000\""),
        ("run --tasks 10 --lease 0ms", "lease cannot be"),
        ("run --tasks 10 --lease 5ms", "lease cannot be \"5ms\"; allowed: a duration from 10ms to 1h"),
        ("run --tasks 10 --lease 2h", "lease cannot be \"2h\""),
        ("run --tasks 10 --slots 1001", "slots cannot be \"1001\"; allowed: a whole number from 1 to 1000"),
        ("run --tasks 10 --monitor-interval 0s", "monitor-interval cannot be \"0s\""),
        ("run --tasks 10 --no-worker-monitors", "a monitor is missing"),
        ("run --tasks 10 --no-worker-monitors --protocol lock", "a monitor is missing"),
        ("run --tasks 10 --arrival sometimes", "arrival cannot be \"sometimes\""),
        ("run --arrival constant:10", "the length of the run is missing"),
        ("run", "the number of tasks of a backlog is missing"),
        ("run --tasks 10 --redis gopher://x", "unknown scheme 'gopher'"),
        ("run no-such-scenario.yaml", "no-such-scenario.yaml"),
        ("limits --catalogue no-such-catalogue.yaml", "no-such-catalogue.yaml cannot be read"),
        ("run --tasks 10 --instance t9.huge", "unknown instance \"t9.huge\"; allowed: t2.nano, "),
        ("run --tasks 10 --credits full", "the instance is missing; allowed: a type, such as t2.small"),
        (
            "run --tasks 10 --instance t2.small --credits some",
            "credits cannot be \"some\"; allowed: launch, full, empty, or "
        ),
        ("run --tasks 10 --instance t2.small --time-scale 0", "time-scale cannot be \"0.0\""),
        ("run --tasks 10 --instance t2.small --instance-roles redis,printer", "instance-roles cannot be"),
        ("run --tasks 10 --instance t2.small --cores 1", "cores cannot be \"set beside an instance\""),
        ("run --tasks 10 --instance t2.small --redis unix:///x", "a server that was given can't be put on an instance"),
        ("run .", "the scenario ."),
        ("load --redis unix:///x", "the number of tasks of a backlog is missing"),
        ("load --redis unix:///x --tasks 0", "tasks cannot be \"0\""),
        ("worker", "--redis"),
        ("worker --redis unix:///x --journals /dev/null/a", "/dev/null/a for the journals cannot be made"),
        ("load --tasks 1 --redis unix:///x --journals /dev/null/a", "/dev/null/a for the journals cannot be made"),
        ("run --tasks 10 --mix message:bytes=2000000", "allowed: a whole number from 0 to 1048576"),
        ("run --tasks 10 --sink-delay soon", "sink-delay cannot be \"soon\"; allowed: milliseconds, such as 50"),
        ("run --tasks 10 --sink-slow 0.1", "sink-slow cannot be \"0.1\""),
        ("run --tasks 10 --sink-fail 2", "the fraction of sink-fail cannot be \"2\"; allowed: a fraction from 0 to 1"),
        ("run --tasks 10 --sink-fail 0.5:TIRED", "unknown status of sink-fail \"TIRED\"; allowed: UNAVAILABLE, "),
        ("run --tasks 10 --sink-drop x", "sink-drop cannot be \"x\""),
        ("run --tasks 10 --sink-storage tape", "unknown sink-storage \"tape\"; allowed: file, memory"),
        ("run --tasks 10 --sink localhost", "localhost: not an address: write unix:///path or tcp://host:port"),
        ("run --tasks 10 --sink-ca x.pem", "--sink-ca and --sink-name go with --sink"),
        ("run --tasks 10 --cores 0", "cores cannot be \"0\""),
        ("sink", "--address"),
        ("sink --address here", "here: not an address"),
        ("sink --address unix:///x --key k", "--certificate and --key go together"),
        ("export tasks no-such-run", "no-such-run is no folder of a run"),
        ("export tasks .", "holds no journals"),
        ("enqueue fib-gmp:n=1", "no server: say --redis URL"),
        ("enqueue fib-magic:n=1 --redis unix:///x", "unknown task kind \"fib-magic\""),
        ("enqueue fib-gmp --redis unix:///x", "n of fib-gmp is missing"),
        ("enqueue fib-gmp:n=1,sleep:ms=5 --redis unix:///x", "the task cannot be \"fib-gmp:n=1,sleep:ms=5\""),
        ("enqueue fib-recursive:n=60 --redis unix:///x", "allowed: 0 to 40, and larger ones with --force"),
        ("enqueue fib-gmp:n=1 --redis unix:///x --keep 5s", "--timeout and --keep go with --wait"),
        ("enqueue fib-gmp:n=1 --redis unix:///x --wait --timeout 0s", "--timeout takes 1ms to 24h"),
    ]

    @Test(arguments: Self.commandLines.indices) func badUsageEndsWith64(index: Int) throws {
        let (arguments, message) = Self.commandLines[index]
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(ending.exitCode == 64, "\(arguments)")
        #expect(ending.output == "", "\(arguments)")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.hasPrefix("fibq: ") && ending.errors.contains(message), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")), "\(arguments)")
    }

    /// What the parser itself refuses is one line too.
    @Test(arguments: [
        "fib", "fib -5", "fib ten", "fib 99999999999999999999", "fib 10 --bogus", "run --bogus", "run --tasks ten",
        "run --tasks -5", "run --protocol carrier-pigeon", "run --durability wishful", "run --lease 5", "bogus",
        "worker --claim 0", "worker --slots 0", "worker --slots 1001", "worker --lease 9ms", "worker --lease 61m",
        "worker --monitor-interval 0s", "monitor --monitor-interval 0s", "monitor --lease 9ms", "export tasks",
        "enqueue", "enqueue fib-gmp:n=1 --wait --keep 25h", "enqueue fib-gmp:n=1 --wait --timeout soon",
    ])
    func whatIsNoCommandEndsWith64(arguments: String) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(ending.exitCode == 64, "\(arguments): \(ending.errors)")
        #expect(ending.output == "")
        #expect(ending.errorLines.count == 1 && ending.errors.hasPrefix("fibq: "), "\(ending.errors)")
    }

    /// A scenario's text, the line that is wrong, and what the message must hold.
    private static let scenarios: [(text: String, line: Int, message: String)] = [
        ("tasks: 10\nmix: [", 3, "malformed YAML"),
        ("tasks: 10\n  mix: x: y\n", 2, "malformed YAML"),
        ("tasks: 10\nworker: 3\n", 2, "unknown field \"worker\""),
        ("tasks: many\n", 1, "tasks cannot be \"many\""),
        ("- 1\n- 2\n", 1, "a scenario cannot be a list"),
        ("tasks: 10\nmix:\n  - kind: fib-gmp\n    n: -4\n", 4, "n of fib-gmp cannot be \"-4\""),
        ("tasks: 10\nmix:\n  - kind: fib-magic\n    n: 4\n", 3, "unknown task kind \"fib-magic\""),
        ("tasks: 10\nmix: fib-iterative:n=94\n", 2, "fib-iterative"),
        ("tasks: 10\nprotocol: telex\n", 2, "unknown protocol \"telex\""),
        ("tasks: 10\nlease: 5\n", 2, "lease"),
        ("seed: 2\narrival: constant:5\n", 2, "the length of the run is missing"),
        ("tasks: 10\nmonitors-in-workers: false\n", 2, "a monitor is missing"),
        (
            "tasks: 10\nmix:\n  - kind: fib-gmp\n    n: 4\n  - kind: fib-recursive\n    n: {exponential: 20}\n", 5,
            "n of fib-recursive cannot be \"exponential(20)\""
        ),
    ]

    @Test(arguments: Self.scenarios.indices) func aBadScenarioEndsWith65(index: Int) throws {
        let (text, line, message) = Self.scenarios[index]
        let folder = try TemporaryFolder()
        _ = try folder.write(text, to: "bad.yaml")
        let ending = try FibqProgram.run(["run", "bad.yaml"], in: folder.path)
        #expect(ending.exitCode == 65, "\(text)")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.hasPrefix("fibq: bad.yaml:\(line): "), "\(text): \(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
    }

    /// What the file lacks, the command line may add: the fault that is left is the command line's.
    @Test func anOverrideMendsAScenario() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("arrival: constant:5\n", to: "endless.yaml")
        let ending = try FibqProgram.run(["run", "endless.yaml", "--tasks", "1", "--slots", "0"], in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors.hasPrefix("fibq: slots cannot be \"0\""), "\(ending.errors)")
    }

    @Test(arguments: ["worker", "load --tasks 1"]) func aMissingFolderForJournalsIsMade(command: String) throws {
        let folder = try TemporaryFolder()
        let arguments = command.split(separator: " ").map(String.init)
        // There is no server: it is still trying when the folder is there.
        let program = try FibqProgram(
            arguments + ["--redis", "unix://\(folder.path)/none", "--journals", "a/b"], in: folder.path)
        #expect(eventually { FileManager.default.fileExists(atPath: folder.path(of: "a/b")) })
        program.send(signal: SIGTERM)
    }

    @Test func anOutputFolderInUseIsRefusedAndLeftAlone() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path(of: "out"), withIntermediateDirectories: false)
        _ = try folder.write("mine", to: "out/notes")
        let ending = try FibqProgram.run(["run", "--tasks", "10", "--out", "out"], in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors == "fibq: the output folder out is in use: name one that is empty or does not exist\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "out")) == ["notes"])
    }

    @Test(arguments: [("0", "0"), ("93", "12200160415121876738"), ("100", "354224848179261915075")])
    func aFibonacciNumberIsPrintedAlone(n: String, value: String) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(["fib", n], in: folder.path)
        #expect(ending.exitCode == 0)
        #expect(ending.output == value + "\n")
        #expect(ending.errors == "")
    }

    @Test(arguments: ["recursive", "iterative", "gmp", "gmp-doubling", "binet"])
    func everyAlgorithmIsKnownByItsName(algorithm: String) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(["fib", "30", "--algorithm", algorithm], in: folder.path)
        #expect(ending.output == "832040\n", "\(ending.errors)")
    }
}
