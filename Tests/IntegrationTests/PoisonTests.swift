import Glibc
import Measurement
import Redis
import TestSupport
import Testing
import Workload

/// Elements of the queue that no worker can run.
@Suite struct PoisonTests {
    /// Each becomes a dead letter with its reason, and the worker goes on to the next task.
    @Test func whatDoesNotDecodeIsADeadLetterAndTheWorkerLivesOn() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone")
        terminals.connection.append { writer in
            writer.command("RPUSH", arguments: 4)
            writer.argument("{fibq}:pending")
            writer.argument("nonsense")
            writer.argument(Self.element(kind: "fib-gmp", payload: [2, 1, 0]))
            writer.argument(Self.element(kind: "fib-magic", payload: Self.payload))
        }
        _ = try terminals.connection.receive()
        _ = try terminals.load("--tasks", "3", "--mix", "fib-iterative:n=10")

        #expect(try eventually { try terminals.connection.call("LLEN", "{fibq}:dead").integer() == 3 })
        #expect(eventually { terminals.attempts(of: "alone").filter { $0.outcome == .finished }.count == 3 })
        let reply = try terminals.connection.call("HVALS", "{fibq}:reasons")
        let reasons = Set(try (0..<reply.count).map { try reply.text(at: $0) })
        #expect(
            reasons == [
                "not a task of this queue", "a payload of 3 bytes, which says that it has another length",
                "unknown task kind \"fib-magic\"",
            ])
        #expect(worker.isRunning)
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }

    private static let payload: [UInt8] = {
        var bytes: [UInt8] = []
        TaskPayload(sequence: 0, parameter: 1, intended: 0, sent: 0).encode(into: &bytes)
        return bytes
    }()

    /// An element as the queue lays it out: version, id, expectation, kind, payload.
    private static func element(kind: String, payload: [UInt8]) -> [UInt8] {
        let id = [UInt8](repeating: UInt8(kind.utf8.count), count: 16)
        return [1] + id + [0, 0, 0, 0, UInt8(kind.utf8.count)] + kind.utf8 + payload
    }
}
