import Glibc
import Measurement
import Redis
import ReliableQueue
import TestSupport
import Testing

/// `fibq enqueue`: one task, its id, its result.
@Suite struct EnqueueTests {
    private static let all = QueueProtocol.allCases.map(\.rawValue)

    private func enqueue(_ terminals: Terminals, _ arguments: String...) throws -> FibqProgram.Ending {
        try FibqProgram.run(["enqueue", "--redis", terminals.address] + arguments, in: terminals.folder.path)
    }

    @Test(arguments: all) func aNumberIsComputedElsewhereAndPrintedHere(queueProtocol: String) throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone", "--protocol", queueProtocol)
        let ending = try enqueue(terminals, "fib-gmp:n=100", "--protocol", queueProtocol, "--wait")
        #expect(ending.exitCode == 0)
        #expect(ending.output == "354224848179261915075\n")
        #expect(ending.errors == "")
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
        // Once, but for `lock`, which may run a task twice without any fault.
        let attempts = terminals.attempts(of: "alone")
        #expect(!attempts.isEmpty && attempts.allSatisfy { $0.parameter == 100 && $0.outcome != .failed })
        // The result stays for a minute, and the memory of the producer for a day; all else is gone.
        let kinds = Set(try terminals.keys().map { $0.split(separator: ":")[1] })
        #expect(kinds.contains("result") && !kinds.contains("producers"))
        let results = try terminals.keys().filter { $0.contains(":result:") }
        #expect(results.count == 1)
        let left = try terminals.connection.call("PTTL", results.first ?? "").integer()
        #expect(left > 0 && left <= 60_000)
    }

    @Test func everyKindHasSomethingToSay() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone", "--slots", "2")
        let long = try enqueue(terminals, "fib-gmp-doubling:n=10000", "--wait", "--keep", "10s")
        #expect(long.output.hasPrefix("sha256:") && long.output.hasSuffix(":2090\n"), "\(long.output)\(long.errors)")
        let wrong = try enqueue(terminals, "fib-binet:n=100", "--wait")
        #expect(wrong.output == "354224848179263111168\n")
        let sleep = try enqueue(terminals, "sleep:ms=2", "--wait")
        #expect(sleep.output.hasPrefix("waited ") && sleep.output.hasSuffix(" µs\n"))
        let later = try enqueue(terminals, "fail:attempts=2", "--wait")
        #expect(later.output == "done\n")
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }

    /// A worker that runs many at once, and places messages.
    @Test func aWorkerWithASinkAnswersToo() throws {
        let terminals = try Terminals()
        let address = "unix://\(terminals.folder.path)/sink.sock"
        let sink = try FibqProgram(["sink", "--address", address, "--memory"], in: terminals.folder.path)
        let worker = try terminals.startWorker("many", "--sink", address)
        let number = try enqueue(terminals, "fib-gmp:n=100", "--wait")
        #expect(number.output == "354224848179261915075\n", "\(number.errors)")
        let message = try enqueue(terminals, "message:bytes=10", "--wait")
        #expect(message.output.hasPrefix("placed as "), "\(message.errors)\(sink.printedErrors)")
        let sleep = try enqueue(terminals, "sleep:ms=2", "--wait")
        #expect(sleep.output.hasPrefix("waited "), "\(sleep.errors)")
        for part in [worker, sink] {
            part.send(signal: SIGTERM)
            #expect(try part.end().exitCode == 0)
        }
    }

    @Test func aTaskThatFailsForGoodEndsWith1() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone")
        let ending = try enqueue(terminals, "fail", "--wait")
        #expect(ending.exitCode == 1)
        #expect(ending.output == "")
        #expect(ending.errorLines.count == 1 && ending.errors.contains("failed: it was to fail"), "\(ending.errors)")
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }

    @Test(arguments: all) func nobodyThereEndsWith69(queueProtocol: String) throws {
        let terminals = try Terminals()
        let ending = try enqueue(
            terminals, "fib-gmp:n=100", "--wait", "--timeout", "200ms", "--protocol", queueProtocol)
        #expect(ending.exitCode == 69)
        #expect(ending.output == "")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.contains("within 200ms: see that a worker runs on queue fibq"), "\(ending.errors)")
        // It stays in the queue, for a worker that comes later.
        let worker = try terminals.startWorker("late", "--protocol", queueProtocol)
        #expect(try eventually { try terminals.keys().contains { $0.contains(":result:") } })
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }

    @Test func aMissingServerEndsWith69() throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(
            ["enqueue", "fib-gmp:n=100", "--wait", "--redis", "unix://\(folder.path)/none"], in: folder.path)
        #expect(ending.exitCode == 69)
        #expect(ending.output == "")
        #expect(ending.errorLines.count == 1 && ending.errors.contains("cannot reach Redis"), "\(ending.errors)")
    }

    @Test func withoutWaitingTheIdIsPrinted() throws {
        let terminals = try Terminals()
        let ending = try enqueue(terminals, "fib-gmp:n=100", "--queue", "mine")
        #expect(ending.exitCode == 0)
        #expect(TaskID(String(ending.output.dropLast())) != nil && ending.output.hasSuffix(".1.0\n"))
        #expect(ending.errors == "")
        #expect(try terminals.connection.call("LLEN", "{mine}:pending").integer() == 1)
        #expect(try !terminals.keys().contains("{mine}:producers"))
        let worker = try terminals.startWorker("alone", "--queue", "mine")
        #expect(try eventually { try terminals.connection.call("EXISTS", "{mine}:pending").integer() == 0 })
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
        // Nobody asked for its result.
        #expect(try !terminals.keys().contains { $0.contains(":result:") })
    }
}
