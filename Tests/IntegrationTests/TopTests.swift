import Foundation
import Glibc
import Measurement
import Processes
import Redis
import TestSupport
import Testing

/// `fibq top` on a terminal and beside one: what it shows, and that it leaves the terminal as it was.
@Suite struct TopTests {
    /// The alternate screen left and the cursor shown, with nothing after it.
    private static let leaving = "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    /// A server with a queue of five tasks.
    private func terminals() throws -> Terminals {
        let terminals = try Terminals()
        let load = try terminals.load("--tasks", "5", "--mix", "sleep:ms=20", "--queue", "orders")
        try #require(load.exitCode == 0, "\(load.errors)")
        return terminals
    }

    private func top(
        _ terminals: Terminals, _ arguments: String..., columns: UInt16 = 80, rows: UInt16 = 24
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            ["top", "--redis", terminals.address, "--queue", "orders", "--every", "100ms"] + arguments,
            in: terminals.folder.path, columns: columns, rows: rows)
    }

    private func showsTheQueue(_ lines: [String]) -> Bool {
        lines.first?.contains("orders") == true && lines.contains { $0.hasPrefix("Tasks") && $0.contains("waiting 5 ") }
    }

    private func expectACleanEnd(
        of terminal: PseudoTerminal, _ status: Processes.ExitStatus = .exited(0),
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(terminal.end() == status, sourceLocation: sourceLocation)
        #expect(terminal.shown.hasSuffix(Self.leaving), "\(terminal.shown.suffix(200))", sourceLocation: sourceLocation)
        #expect(terminal.modes == terminal.modesBefore, sourceLocation: sourceLocation)
    }

    @Test(arguments: ["q", "Q", "\u{3}"]) func aKeyEndsIt(key: String) throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        #expect(terminal.modes != terminal.modesBefore)
        terminal.type(key)
        expectACleanEnd(of: terminal)
        #expect(terminal.shown.hasPrefix("\u{1B}[?1049h\u{1B}[?25l"))
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aSignalEndsIt(signal: Int32) throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        terminal.send(signal: signal)
        expectACleanEnd(of: terminal)
    }

    /// Even one that ends it at once, since it is the second: whichever of the two comes first.
    @Test func twoSignalsEndItCleanlyToo() throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        terminal.send(signal: SIGTERM)
        terminal.send(signal: SIGINT)
        let status: Processes.ExitStatus = try #require(terminal.end())
        #expect([.exited(0), .exited(128 + SIGTERM), .exited(128 + SIGINT)].contains(status))
        #expect(terminal.shown.hasSuffix(Self.leaving), "\(terminal.shown.suffix(200))")
        #expect(terminal.modes == terminal.modesBefore)
    }

    /// Keys that would stop it where it stands do nothing.
    @Test func keysThatWouldStopItDoNot() throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        terminal.type("\u{1A}\u{1C}\u{13}x")
        _ = try terminals.load("--tasks", "2", "--mix", "sleep:ms=20", "--queue", "orders")
        #expect(terminal.awaitLines { $0.contains { $0.contains("waiting 7 ") } }, "\(terminal.lines)")
        terminal.type("q")
        expectACleanEnd(of: terminal)
    }

    @Test func aServerThatDiesIsWaitedFor() throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        try terminals.server.kill()
        #expect(
            terminal.awaitLines { lines in
                lines.contains { $0.hasPrefix("! ") && $0.contains("Redis") }
                    && lines.contains { $0.contains("waiting 5 ") }
            }, "\(terminal.lines)")
        try terminals.server.restart()
        // It has lost its memory: there is no queue.
        #expect(
            terminal.awaitLines { lines in
                !lines.contains { $0.hasPrefix("! ") } && lines.contains { $0.contains("waiting 0 ") }
            }, "\(terminal.lines)")
        try terminals.server.kill()
        #expect(terminal.awaitLines { $0.contains { $0.hasPrefix("! ") } }, "\(terminal.lines)")
        terminal.type("q")
        expectACleanEnd(of: terminal)
    }

    /// A server that hangs keeps nobody from leaving.
    @Test func aServerThatHangsHoldsNobodyUp() throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        terminals.server.send(signal: SIGSTOP)
        defer { terminals.server.send(signal: SIGCONT) }
        #expect(terminal.awaitLines { $0.contains { $0.hasPrefix("! ") } }, "\(terminal.lines)")
        terminal.send(signal: SIGTERM)
        expectACleanEnd(of: terminal)
    }

    /// Nor does a terminal that takes nothing any more: by a key, or by a signal.
    @Test(arguments: [nil, SIGINT, SIGTERM]) func aTerminalThatHangsHoldsNobodyUp(signal: Int32?) throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        terminal.stall()
        if let signal { terminal.send(signal: signal) } else { terminal.type("q") }
        #expect(terminal.endUnread() == .exited(0))
        #expect(terminal.modes == terminal.modesBefore)
    }

    /// Who can't type is not told what to type.
    @Test(arguments: [true, false]) func keysAreNamedWhereThereAreSome(hasKeyboard: Bool) throws {
        let terminals = try terminals()
        let terminal = try PseudoTerminal(
            ["top", "--redis", terminals.address, "--queue", "orders", "--every", "100ms"], in: terminals.folder.path,
            hasKeyboard: hasKeyboard)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        #expect(terminal.lines.first?.contains("q quits") == hasKeyboard)
        terminal.send(signal: SIGTERM)
        expectACleanEnd(of: terminal)
    }

    @Test func anotherSizeIsFilledAndNotExceeded() throws {
        let terminals = try terminals()
        let terminal = try top(terminals)
        #expect(terminal.awaitLines(showsTheQueue), "\(terminal.shown)")
        for (columns, rows) in [(40, 10), (12, 3), (1, 1), (200, 60)] as [(UInt16, UInt16)] {
            terminal.resize(columns: columns, rows: rows)
            let fits = terminal.awaitLines { lines in
                !lines.isEmpty && lines.count <= Int(rows) && lines.allSatisfy { $0.count <= Int(columns) }
                    // And the size before it is not what is shown.
                    && (columns < 200 || lines.contains { $0.count > 80 })
            }
            #expect(fits, "\(columns) × \(rows): \(terminal.lines)")
        }
        terminal.type("q")
        expectACleanEnd(of: terminal)
    }

    @Test func coloursAreThereUnlessRefused() throws {
        let terminals = try terminals()
        let arguments = ["top", "--redis", terminals.address, "--queue", "orders", "--every", "100ms"]
        for (environment, isStyled) in [("NO_COLOR=1", false), ("NO_COLOR=", true)] {
            let terminal = try PseudoTerminal(arguments, in: terminals.folder.path, environment: [environment])
            #expect(terminal.awaitLines { !$0.isEmpty }, "\(terminal.shown)")
            terminal.type("q")
            expectACleanEnd(of: terminal)
            #expect(terminal.shown.contains("\u{1B}[1m") == isStyled)
        }
    }

    /// The screen is not touched when there is nothing to show.
    @Test func withoutAServerItSaysSo() throws {
        let folder = try TemporaryFolder()
        let terminal = try PseudoTerminal(
            ["top", "--redis", "unix://\(folder.path)/nobody", "--queue", "orders"], in: folder.path)
        #expect(terminal.end() == .exited(69))
        #expect(terminal.shown.hasPrefix("fibq: cannot reach Redis at unix://"))
        #expect(!terminal.shown.contains("\u{1B}"))
        #expect(terminal.modes == terminal.modesBefore)
    }

    /// Beside a terminal: a line an interval, without anything that one would obey.
    @Test func elsewhereThereAreLines() throws {
        let terminals = try terminals()
        let program = try terminals.start("top", "--queue", "orders", "--every", "100ms")
        #expect(eventually { program.printedOutput.split(separator: "\n").count >= 3 })
        try terminals.server.kill()
        #expect(eventually { program.printedOutput.contains("\n! ") })
        try terminals.server.restart()
        #expect(eventually { program.printedOutput.contains(" waiting 0 ") })
        program.send(signal: SIGTERM)
        let ending = try program.end()
        #expect(ending.exitCode == 0 && ending.errors == "", "\(ending.errors)")
        let lines = ending.output.split(separator: "\n")
        #expect(lines[0].contains(" · waiting 5 · ") && !ending.output.contains("\u{1B}"))
    }

    @Test func onePageIsPrinted() throws {
        let terminals = try terminals()
        let worker = try terminals.startWorker("alone", "--queue", "orders")
        _ = try terminals.load("--tasks", "1", "--mix", "sleep:ms=60000", "--queue", "orders")
        #expect(eventually { terminals.attempts(of: "alone").count == 6 })
        let ending = try FibqProgram.run(
            ["top", "--once", "--every", "200ms", "--redis", terminals.address, "--queue", "orders"],
            in: terminals.folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        for part in ["in 1 claim", "Rates", "workers 1", "monitors 1", "Redis     ", "Claims 1 ", "memory only"] {
            #expect(ending.output.contains(part), "\(part): \(ending.output)")
        }
        // Its task takes a minute.
        worker.send(signal: SIGKILL)
        #expect(try worker.end().signal == SIGKILL)
    }

    /// A run's folder tells exactly what its journals say.
    @Test func aRunIsFollowed() throws {
        let terminals = try terminals()
        let worker = try terminals.startWorker("alone", "--queue", "orders")
        #expect(eventually { terminals.attempts(of: "alone").filter { $0.finished != 0 }.count == 5 })
        _ = try terminals.folder.write(
            #"{"instance":"t2.small","balance":12.5,"allowedProcessors":0.2,"timeScale":1,"said":1}"#,
            to: "credits.live")
        let ending = try FibqProgram.run(
            ["top", "--once", "--every", "100ms", "--redis", terminals.address, "--queue", "orders", "--run", "."],
            in: terminals.folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        #expect(ending.output.contains("finished, by the run 0/s"), "\(ending.output)")
        #expect(ending.output.contains("t2.small 12.5") && ending.output.contains(" ago"), "\(ending.output)")
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }

    /// One without a journal does not say that the run does nothing.
    @Test func aFolderWithoutJournalsSaysSo() throws {
        let terminals = try Terminals()
        let ending = try FibqProgram.run(
            ["top", "--once", "--every", "100ms", "--redis", terminals.address, "--run", "."], in: terminals.folder.path
        )
        #expect(ending.exitCode == 0, "\(ending.errors)")
        #expect(ending.output.contains("! the folder of --run has no journal to read"), "\(ending.output)")
        #expect(!ending.output.contains("finished, by the run"), "\(ending.output)")
    }

    @Test(arguments: [["--every", "10ms"], ["--every", "2h"], ["--run", "nowhere"]])
    func badArgumentsGetOneLine(arguments: [String]) throws {
        let terminals = try Terminals()
        let ending = try FibqProgram.run(["top", "--redis", terminals.address] + arguments, in: terminals.folder.path)
        #expect(ending.exitCode == 64 && ending.errorLines.count == 1, "\(ending.errors)")
    }
}
