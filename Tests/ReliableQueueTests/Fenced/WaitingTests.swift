import Redis
import ReliableQueue
import TestSupport
import Testing

/// Wake-ups: an idle worker never sleeps beside work.
@Suite struct WaitingTests {
    /// H7: one marker, many tasks: the chain wakes as many as there is work for.
    @Test(arguments: QueueProtocol.fenced) func aBurstWakesAsManyAsItFeeds(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        let workers = try (0..<5).map { _ in try WaitingClaim(test, limit: 1, upTo: .seconds(60)) }
        for worker in workers { #expect(try worker.isBlocked()) }
        let batch = try test.fill(3, through: queue)
        #expect(eventually { workers.compactMap(\.claimed).count == 3 })
        #expect(Set(workers.compactMap(\.claimed).joined()) == Set(names(batch, 0..<3)))
        // The two others sleep on, without a marker to wake them.
        let idle = workers.filter { $0.claimed == nil }
        #expect(idle.count == 2)
        for worker in idle { #expect(try worker.isBlocked()) }
        #expect(try test.state()["wake"] == nil)
        for worker in idle { _ = try test.raw.call("CLIENT", "UNBLOCK", String(worker.clientID)) }
        for worker in idle { #expect(worker.names() == []) }
    }

    /// H5 and H6: the server blocks nobody on a list of tasks.
    @Test(arguments: QueueProtocol.fenced) func nobodyBlocksOnTasks(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let waiting = try WaitingClaim(test, upTo: .seconds(60))
        #expect(try waiting.isBlocked())
        let line = try test.raw.call("CLIENT", "LIST", "ID", String(waiting.clientID)).text()
        #expect(line.contains(" cmd=bzpopmin "))
        // A marker without work wakes for nothing, and stays away afterwards.
        _ = try test.raw.call("ZADD", test.key("wake"), "0", "w")
        #expect(waiting.names() == [])
        #expect(try test.state().isEmpty)
    }

    @Test(arguments: ["release", "recover", "fail"], QueueProtocol.fenced) func whateverMakesATaskClaimableWakes(
        way: String, kind: QueueProtocol
    ) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        let claim = try #require(try queue.claim())
        _ = try test.raw.call("DEL", test.key("wake"))
        let waiting = try WaitingClaim(test, upTo: .seconds(60))
        #expect(try waiting.isBlocked())
        switch way {
        case "release": _ = try queue.release(claim)
        case "recover":
            try test.expire(claim)
            _ = try queue.recover()
        default:
            // It looks, and learns when the task is due.
            guard case .delayed = try queue.fail(0, of: claim, TaskFailure(reason: "x")) else { return }
            #expect(waiting.names() == [])
            return
        }
        #expect(waiting.names() == names(batch, 0..<1))
    }

    @Test func whoFindsNothingLearnsWhenToLookAgain() throws {
        let test = try TestQueue { $0.firstDelay = .seconds(20) }
        let queue = try test.open()
        let batch = try test.fill(2, through: queue)
        let claim = try #require(try queue.claim())
        guard case .delayed(let delay) = try queue.fail(0, of: claim, TaskFailure(reason: "x")) else { return }
        #expect(delay >= .seconds(10) && delay <= .seconds(20))
        guard case .delayed(let second) = try queue.fail(1, of: claim, TaskFailure(reason: "x")) else { return }
        let exchange = try queue.exchange(acking: nil, claiming: ClaimRequest())
        #expect(exchange.claim == nil)
        let dueIn = try #require(exchange.dueIn)
        #expect(dueIn <= min(delay, second) && dueIn > .seconds(1))
        // The marker stays, should this answer have reached nobody.
        #expect(try Set(test.state().keys) == ["delayed", "failures", "wake"])
        try test.makeDelayedDue()
        let due = try #require(try queue.claim())
        #expect(Set(due.names) == Set(names(batch, 0..<2)))
        #expect(due.attempts == [2, 2])
        #expect(try queue.ack(due) == .acked)
        #expect(try test.places().isEmpty)
    }

    /// A claim that takes what is due, but not all of it, hands the marker on.
    @Test func whatIsDueIsNotLeftAsleep() throws {
        let test = try TestQueue { $0.firstDelay = .seconds(20) }
        let queue = try test.open()
        try test.fill(3, through: queue)
        let claim = try #require(try queue.claim())
        for index in 0..<3 { _ = try queue.fail(index, of: claim, TaskFailure(reason: "x")) }
        #expect(try queue.claim() == nil)
        try test.makeDelayedDue()
        _ = try test.raw.call("DEL", test.key("wake"))
        #expect(try queue.claim(1)?.count == 1)
        #expect(try test.state()["wake"] == .sorted(["w"]))
    }

    /// The delay doubles with each failure, jittered, up to the longest.
    @Test func delaysDouble() throws {
        let test = try TestQueue {
            $0.firstDelay = .seconds(10)
            $0.longestDelay = .seconds(60)
            $0.mostFailures = 10
        }
        let queue = try test.open()
        try test.fill(1, through: queue)
        for longest in [10, 20, 40, 60, 60] {
            let claim = try #require(try queue.claim())
            guard case .delayed(let delay) = try queue.fail(0, of: claim, TaskFailure(reason: "x")) else { return }
            #expect(delay >= .seconds(longest) / 2 && delay <= .seconds(longest))
            try test.makeDelayedDue()
        }
    }

    /// A worker that took the marker and died before it claimed leaves nobody asleep beside the work.
    @Test(arguments: ["pending", "retry", "delayed"]) func aMonitorSetsALostMarkerAgain(place: String) throws {
        let test = try TestQueue { $0.firstDelay = .milliseconds(1) }
        let queue = try test.open()
        try test.fill(1, through: queue)
        switch place {
        case "retry":
            try test.expire(#require(try queue.claim()))
            #expect(try queue.recover().recovered == 1)
        case "delayed":
            _ = try queue.fail(0, of: #require(try queue.claim()), TaskFailure(reason: "once"))
        default: break
        }
        _ = try test.raw.call("BZPOPMIN", test.key("wake"), "5")
        #expect(try test.state()["wake"] == nil)
        #expect(
            try eventually {
                _ = try queue.recover()
                return try test.state()["wake"] == .sorted(["w"])
            })
        #expect(try eventually { try queue.claim() != nil })
        _ = try test.raw.call("DEL", test.key("wake"))
        _ = try queue.recover()
        #expect(try test.state()["wake"] == nil)
    }

    /// A worker that leaves hands on its watch over what is delayed.
    @Test(arguments: QueueProtocol.fenced) func whoLeavesWakesAnother(kind: QueueProtocol) throws {
        let test = try TestQueue(kind) { $0.firstDelay = .seconds(20) }
        let queue = try test.open()
        try test.fill(1, through: queue)
        _ = try queue.fail(0, of: #require(try queue.claim()), TaskFailure(reason: "x"))
        _ = try test.raw.call("DEL", test.key("wake"))
        try queue.leave()
        #expect(try test.state()["wake"] == .sorted(["w"]))
        try test.makeDelayedDue()
        #expect(try queue.claim() != nil)
        _ = try test.raw.call("DEL", test.key("wake"))
        try queue.leave()
        #expect(try test.state()["wake"] == nil)
    }
}
