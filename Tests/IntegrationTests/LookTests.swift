import Glibc
import Redis
import TestSupport
import Testing

/// Looking into a live queue, and at its dead letters.
@Suite struct LookTests {
    @Test func aLiveQueueIsShown() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone", "--slots", "2", "--claim", "1")
        _ = try terminals.load("--tasks", "400", "--mix", "sleep:ms=20")
        let shown = try FibqProgram.run(["inspect", "--redis", terminals.address], in: terminals.folder.path)
        #expect(shown.exitCode == 0, "\(shown.errors)")
        for title in ["Tasks\n", "Connections\n", "Claims\n"] { #expect(shown.output.contains(title)) }
        #expect(shown.output.contains("workers  keepers  monitors  producers"))
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
        let other = try FibqProgram.run(
            ["inspect", "--redis", terminals.address, "--protocol", "stream"], in: terminals.folder.path)
        #expect(other.exitCode == 69 && other.errors.contains("check its name, and --protocol"), "\(other.errors)")
    }

    @Test func deadLettersAreListedRequeuedAndDropped() throws {
        let terminals = try Terminals()
        func dead(_ arguments: String...) throws -> FibqProgram.Ending {
            try FibqProgram.run(["dead"] + arguments + ["--redis", terminals.address], in: terminals.folder.path)
        }
        #expect(try dead("list").output == "task,kind,payload_bytes,reason\n")
        _ = try terminals.load("--tasks", "2", "--mix", "message")
        let worker = try terminals.startWorker("alone")
        #expect(
            try eventually(within: .seconds(60)) {
                try terminals.connection.call("LLEN", "{fibq}:dead").integer() == 2
            })
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
        let lines = try dead("list").output.split(separator: "\n")
        #expect(lines.count == 3)
        let id = String(try #require(lines.last?.split(separator: ",").first))
        let shown = try dead("show", id)
        #expect(shown.output.contains("kind     message\n") && shown.output.contains("this worker has no sink"))
        #expect(try dead("requeue", id).output == "1\n")
        #expect(try terminals.connection.call("LLEN", "{fibq}:pending").integer() == 1)
        #expect(try dead("drop", "--all").output == "1\n")
        for arguments in [["requeue"], ["drop", "--all", id], ["show", "nonsense"], ["requeue", id]] {
            let refused = try FibqProgram.run(
                ["dead"] + arguments + ["--redis", terminals.address], in: terminals.folder.path)
            #expect(refused.exitCode == 64 && refused.errorLines.count == 1, "\(arguments): \(refused.errors)")
        }
    }
}
