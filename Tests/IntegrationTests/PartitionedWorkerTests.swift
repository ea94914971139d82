import Foundation
import Glibc
import Measurement
import Redis
import TestSupport
import Testing

/// A worker that is cut off from everybody, and comes back when others have done its work.
@Suite struct PartitionedWorkerTests {
    /// What a worker with 16 slots claims at once: some tasks wait for a slot.
    private static let (tasks, slots) = (24, 16)

    /// While it is away it starts nothing under leases that have run out; what it places and acks late is refused.
    @Test(.enabled(if: NetworkNamespace.arePossible, "network namespaces take root, and ip of iproute2"))
    func itStopsAndIsRefusedWhenItReturns() throws {
        let site = try Site()
        try site.load(Self.tasks)
        let cutOff = try site.worker("away", slots: Self.slots, in: site.away)
        #expect(eventually { site.attempts(of: "away").count == Self.tasks })
        #expect(eventually { site.attempts(of: "away").count { $0.isBegun } == Self.slots })
        let begun = site.attempts(of: "away").filter { $0.isBegun }
        let messages = begun.count { $0.kind == "message" }
        try #require((1..<Self.slots).contains(messages))
        // The sink has them, and takes its time.
        #expect(eventually { site.sinkCounts.received == messages })
        try site.toSink.cut()
        try site.toServer.cut()
        try #require(site.attempts(of: "away").allSatisfy { $0.record.finished == 0 }, "this machine is too slow")

        // Somebody else does all of it; what was begun ends meanwhile, and nothing else begins.
        let other = try site.worker("other", slots: 2 * Self.slots, in: site.home)
        #expect(
            eventually(within: .seconds(60)) {
                site.attempts(of: "other").count { $0.record.outcome == .acked } == Self.tasks
            })
        #expect(
            eventually(within: .seconds(60)) {
                site.attempts(of: "away").count { $0.kind == "sleep" && $0.record.finished > 0 }
                    == Self.slots - messages
            })
        #expect(site.attempts(of: "away").count { $0.isBegun } == Self.slots)

        // The sink has heard of later tokens.
        try site.toSink.mend()
        #expect(
            eventually(within: .seconds(60)) {
                site.attempts(of: "away").count { $0.record.outcome == .refused } == messages
            }, "\(site.outcomes(of: "away"))")
        #expect(site.sinkCounts.refused >= messages)
        // So has the queue.
        try site.toServer.mend()
        #expect(
            eventually(within: .seconds(60)) {
                site.attempts(of: "away").count { $0.isAckRefused } == Self.slots - messages
            }, "\(site.outcomes(of: "away"))")
        #expect(site.attempts(of: "away").allSatisfy { $0.record.outcome != .acked })
        #expect(site.attempts(of: "away").count { $0.isBegun } == Self.slots)

        // It is of use again, and alone.
        #expect(try site.end(other) == 0)
        try site.load(4)
        #expect(
            eventually(within: .seconds(60)) { site.attempts(of: "away").count { $0.record.outcome == .acked } == 4 })
        #expect(try site.end(cutOff) == 0)
        let placed = Set(site.attempts.filter { $0.kind == "message" }.map(\.task)).count
        try site.endSink()
        #expect(site.sinkCounts.placed == placed)
    }
}

/// A server and a sink at home, and a worker elsewhere, with a link to each.
private final class Site {
    let (home, away): (NetworkNamespace, NetworkNamespace)
    let (toServer, toSink): (NetworkLink, NetworkLink)
    private let server: PrivateRedisServer
    private let sink: FibqProgram
    private let folder: TemporaryFolder
    private let sinkAddress: String

    init() throws {
        (home, away) = (try NetworkNamespace(), try NetworkNamespace())
        toServer = try NetworkLink(from: home, to: away, number: 1)
        toSink = try NetworkLink(from: home, to: away, number: 2)
        folder = try TemporaryFolder()
        server = try PrivateRedisServer(
            settings: [("bind", toServer.address)], acceptsReplicas: true, launcher: home.launcher)
        let sink = try FibqProgram(
            [
                "sink", "--address", "tcp://\(toSink.address):0", "--delay", "7000", "--journal",
                folder.path(of: "sink.journal"),
            ], in: folder.path, launcher: home.launcher)
        self.sink = sink
        let words = "listening on "
        try #require(eventually { sink.printedErrors.contains(words) && sink.printedErrors.hasSuffix("\n") })
        sinkAddress = String(sink.printedErrors.split(separator: words)[1].dropLast())
    }

    /// Sends some tasks, and waits until they are in the queue.
    func load(_ tasks: Int) throws {
        let ending = try FibqProgram.run(
            [
                "load", "--redis", server.endpoint.url, "--tasks", "\(tasks)", "--mix", "message,sleep:ms=6000",
                "--seed", "3",
            ], in: folder.path)
        try #require(ending.exitCode == 0, "\(ending.errors)")
    }

    /// A worker that reaches the server and the sink by their links.
    func worker(_ name: String, slots: Int, in network: NetworkNamespace) throws -> FibqProgram {
        let place = RedisEndpoint(
            .tcp(host: toServer.address, port: server.host.port), password: server.endpoint.password)
        return try FibqProgram(
            [
                "worker", "--redis", place.url, "--sink", sinkAddress, "--name", name, "--slots", "\(slots)",
                "--lease", "1s", "--monitor-interval", "50ms",
            ], in: folder.path, launcher: network.launcher)
    }

    /// Asks a program to end, and says with what code it did.
    func end(_ program: FibqProgram) throws -> Int32? {
        program.send(signal: SIGTERM)
        let ending = try program.end()
        return ending.exitCode
    }

    /// Ends the sink.
    func endSink() throws { #expect(try end(sink) == 0) }

    /// What the sink has done with messages, as it writes down every second; nothing before the first.
    var sinkCounts: (received: Int, placed: Int, refused: Int) {
        guard let journal = try? JournalReader<SinkSecondRecord>(opening: folder.path(of: "sink.journal")) else {
            return (0, 0, 0)
        }
        let seconds = (0..<journal.count).map { journal[$0] }
        func sum(_ count: KeyPath<SinkSecondRecord, UInt64>) -> Int {
            Int(seconds.reduce(0) { $0 + $1[keyPath: count] })
        }
        return (sum(\.received), sum(\.placed), sum(\.refused))
    }

    /// What the workers have on record.
    var attempts: [Attempt] { attempts(of: "away") + attempts(of: "other") }

    /// What became of a worker's attempts.
    func outcomes(of worker: String) -> [AttemptOutcome] { attempts(of: worker).map(\.record.outcome) }

    /// What a worker has on record; nothing while it makes its journal.
    func attempts(of worker: String) -> [Attempt] {
        guard
            let journal = try? JournalReader<AttemptRecord>(
                opening: folder.path(of: "\(worker).slot-0.attempts.journal"))
        else { return [] }
        return (0..<journal.count).map { index in
            Attempt(record: journal[index], kind: journal.header.identity.labels[Int(journal[index].kind)])
        }
    }
}

/// An attempt at a task, as its worker has written it down.
private struct Attempt {
    let record: AttemptRecord
    let kind: String

    var task: [UInt64] { [record.producer, record.sequence] }
    var isBegun: Bool { record.started > 0 }
    var isAckRefused: Bool { record.outcome == .stale || record.outcome == .unknown }
}
