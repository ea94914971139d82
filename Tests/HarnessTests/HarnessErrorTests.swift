import Harness
import Measurement
import Processes
import Redis
import ReliableQueue
import Reporting
import Testing
import Workload

/// Which error ends a command with which code, and that it is one line.
@Suite struct HarnessErrorTests {
    private static let errors: [(any Error, Int32)] = [
        (HarnessError.usage("wrong"), 64),
        (WorkloadError.missing(what: "n", allowed: "1"), 64),
        (ScenarioError(file: "a.yaml", line: 3, problem: "wrong", allowed: nil), 65),
        (RedisError.invalidURL(text: "x", reason: "no"), 64),
        (RedisError.unreachable(endpoint: "x", code: 1, words: "refused"), 69),
        (RedisError.notAuthenticated(endpoint: "x", words: "WRONGPASS"), 69),
        (RedisError.serverTooOld(version: "5.0", needed: "6.2"), 69),
        (RedisError.privateServer(reason: "not installed"), 69),
        (QueueError.mayEvict(policy: "allkeys-lru"), 69),
        (QueueError.redis(.connectionLost(code: 1, words: "gone")), 69),
        (ProcessError.notFound(name: "setpriv"), 69),
        (JournalError.system(SystemCallFailure(operation: "reserve", path: "x", code: 28)), 1),
        (HarnessError.file(path: "x", reason: "no"), 1),
        (ResultsError(path: "x.csv", line: 2, problem: "wrong"), 65),
        (HarnessError.run("failed"), 1),
        (HarnessError.interrupted("stopped"), 130),
        (CancellationError(), 1),
    ]

    @Test(arguments: Self.errors.indices) func everyErrorHasItsCodeAndOneLine(index: Int) {
        let (error, code) = Self.errors[index]
        let converted = HarnessError(error)
        #expect(converted.exitCode == code, "\(error)")
        #expect(!"\(converted)".isEmpty && !"\(converted)".contains("\n"))
        #expect(HarnessError(converted) == converted)
    }
}
