import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Workers whose connections break and whose colleagues die.
@Suite struct WorkerFaultTests {
    enum Nuisance: String, CaseIterable, Sendable {
        case killedConnections = "CLIENT KILL TYPE normal SKIPME yes"
        case forgottenScripts = "SCRIPT FLUSH"
        case both = ""

        var commands: [[String]] {
            let own = self == .both ? [Self.killedConnections, .forgottenScripts] : [self]
            return own.map { $0.rawValue.split(separator: " ").map(String.init) }
        }
    }

    /// Nothing is lost, and nothing stays unanswered.
    @Test(arguments: Nuisance.allCases) func workGoesOn(nuisance: Nuisance) throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let producer = QueueProducer(queue: try test.open())
        let worker = RunningWorker(
            test, slots: 3, shortestLease: .milliseconds(200), monitorInterval: .milliseconds(20))
        for _ in 0..<40 {
            try producer.enqueue(TestQueue.batch(50))
            for command in nuisance.commands { test.raw.append(command[0], Array(command.dropFirst())) }
            for _ in nuisance.commands { _ = try test.raw.receive() }
        }
        let queue = try test.open()
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(worker.record.runs.count == 2_000)
        try producer.finish()
        #expect(try test.places().isEmpty)
    }

    /// Several workers, random crashes, failures, releases and broken connections: in the end every task ran, and every
    /// key is gone but the documented ones.
    @Test func everythingRunsInTheEnd() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server) {
            $0.firstDelay = .milliseconds(5)
            $0.longestDelay = .milliseconds(20)
            ($0.mostFailures, $0.mostRedeliveries) = (1_000, 1_000)
        }
        var random = SeededRandom()
        let seeds = (0..<4).map { _ in UInt64.random(in: 1 ... .max, using: &random) }
        let producer = QueueProducer(queue: try test.open())
        for _ in 0..<20 { try producer.enqueue(TestQueue.batch(Int.random(in: 1...60, using: &random))) }
        let total = try test.raw.call("LLEN", test.key("pending")).integer()
        let (ran, done) = (RunSet(), StopSignal())
        let threads = seeds.map { seed in
            DedicatedThread(name: "erratic") { [configuration = test.configuration] in
                do {
                    var worker = ErraticWorker(configuration, seed: seed, ran: ran)
                    try worker.run(until: done)
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        let queue = try test.open()
        let isDrained = try eventually(within: .seconds(60)) {
            if Int.random(in: 0..<100, using: &random) == 0 {
                _ = try test.raw.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            }
            return try ran.names.withLock { $0.count } == total && queue.depth() == QueueDepth()
        }
        done.set()
        for thread in threads { thread.join() }
        #expect(isDrained)
        _ = try queue.claim()
        #expect(try test.state().isEmpty)
        try producer.finish()
        #expect(try test.bookkeeping() == ["ended", "epoch", "worker"])
    }
}

/// Which tasks ran to their end.
private final class RunSet: Sendable {
    let names = Mutex<Set<String>>([])
}

/// A worker that crashes, gives back and fails at random, and takes back what others left.
private struct ErraticWorker {
    let configuration: QueueConfiguration
    let ran: RunSet
    var random: SeededRandom

    init(_ configuration: QueueConfiguration, seed: UInt64, ran: RunSet) {
        self.configuration = configuration
        self.ran = ran
        random = SeededRandom(seed: seed)
    }

    mutating func run(until done: StopSignal) throws {
        var queue = try configuration.open()
        while !done.isSet {
            _ = try queue.recover()
            let limit = Int.random(in: 1...30, using: &random)
            let request = ClaimRequest(limit: limit, shortestLease: .milliseconds(30))
            let isWaiting = Bool.random(using: &random)
            let exchange =
                isWaiting
                ? try queue.awaitClaim(request, upTo: .milliseconds(5))
                : try queue.exchange(acking: nil, claiming: request)
            guard let claim = exchange.claim else { continue }
            if try !work(on: claim, queue) { queue = try configuration.open() }
        }
    }

    /// False when the worker crashed with the claim in its hands.
    private mutating func work(on claim: Claim, _ queue: any TaskQueue) throws -> Bool {
        if claim.isRedelivery, try !queue.confirm(claim) { return true }
        for index in 0..<claim.count {
            switch Int.random(in: 0..<100, using: &random) {
            case 0: return false
            case 1:
                _ = try queue.release(claim)
                return true
            case 2...6:
                _ = try queue.fail(index, of: claim, TaskFailure(reason: "erratic"))
            case 7...12:
                note(claim, index)
                _ = try queue.ack([index], of: claim)
            default: note(claim, index)
            }
        }
        if claim.remaining > 0 { _ = try queue.ack(claim) }
        return true
    }

    private func note(_ claim: Claim, _ index: Int) {
        ran.names.withLock { _ = $0.insert(claim.names[index]) }
    }
}
