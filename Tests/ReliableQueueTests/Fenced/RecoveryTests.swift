import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// What becomes of tasks whose worker vanished.
@Suite struct RecoveryTests {
    @Test func aClaimIsTakenWhole() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(4, through: queue)
        let (lost, held) = (try #require(try queue.claim(2)), try #require(try queue.claim(2)))
        _ = try queue.ack([0], of: lost)
        try test.expire(lost)
        let recovery = try test.open().recover()
        #expect(recovery.recovered == 1)
        #expect(!recovery.hasMore)
        let left = try #require(recovery.nextExpiry)
        #expect(left > .seconds(30) && left <= .seconds(60))
        #expect(
            try test.places() == [
                "retry": .list(names(batch, 1..<2)), "redeliveries": .hash(["\(batch).1": "1"]),
                "claim:\(held.id)": .list(["\(held.token)"] + names(batch, 2..<4)), "leases": .sorted([held.id]),
            ])
        let again = try #require(try queue.claim())
        #expect(again.isRedelivery)
        #expect(again.attempts == [2])
        #expect(try queue.ack(again) == .acked)
        #expect(try test.places() == test.held(held, names(batch, 2..<4)))
    }

    /// H8: a claim that no worker ever saw counts against its tasks at most once.
    @Test func aLossCountsOnlyOnceConfirmed() throws {
        let test = try TestQueue { $0.mostRedeliveries = 2 }
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        func lose(confirmed: Bool) throws -> Recovery {
            let claim = try #require(try queue.claim())
            if confirmed { #expect(try queue.confirm(claim)) }
            try test.expire(claim)
            return try queue.recover()
        }
        for _ in 0..<10 { #expect(try lose(confirmed: false).recovered == 1) }
        #expect(try test.state()["redeliveries"] == .hash(["\(batch).0": "1"]))
        #expect(try lose(confirmed: true).recovered == 1)
        #expect(try test.state()["redeliveries"] == .hash(["\(batch).0": "2"]))
        #expect(try lose(confirmed: true).dead == 1)
        #expect(
            try test.places() == [
                "dead": .list(["\(batch).0"]), "reasons": .hash(["\(batch).0": "its worker vanished 3 times"]),
            ])
    }

    @Test(arguments: QueueProtocol.fenced) func aLostClaimCannotBeConfirmed(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(1, through: queue)
        try test.expire(try #require(try queue.claim()))
        _ = try queue.recover()
        let claim = try #require(try queue.claim())
        #expect(try queue.confirm(claim))
        #expect(try queue.confirm(claim))
        try test.expire(claim)
        _ = try queue.recover()
        #expect(try !queue.confirm(claim))
    }

    /// A poisonous task is isolated and buried; its neighbours complete, and never in single file for long.
    @Test(arguments: QueueProtocol.fenced) func poisonIsIsolated(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        let batch = try test.fill(256, through: queue)
        let poison = "\(batch).100"
        var completed: Set<String> = []
        var claims = 0
        while let claim = try queue.claim() {
            claims += 1
            if claim.isRedelivery { #expect(try queue.confirm(claim)) }
            if claim.names.contains(poison) {
                try test.expire(claim)
                while try queue.recover().hasMore {}
            } else {
                completed.formUnion(claim.names)
                #expect(try queue.ack(claim) == .acked)
            }
        }
        #expect(completed.count == 255)
        #expect(
            try test.places() == [
                "dead": .list([poison]), "reasons": .hash([poison: "its worker vanished 6 times"]),
            ])
        #expect(claims < 60)
    }

    /// 256, then a quarter with each loss, and alone before the last.
    @Test(arguments: QueueProtocol.fenced) func claimsOfRedeliveredTasksShrinkToOne(kind: QueueProtocol) throws {
        for (losses, size) in [(0, 256), (1, 64), (2, 16), (3, 4), (4, 1), (5, 1)] {
            let test = try TestQueue(kind)
            let queue = try test.open()
            try test.fill(256, through: queue)
            if losses > 0 {
                try test.expire(try #require(try queue.claim()))
                while try queue.recover().hasMore {}
                let ids = try test.raw.call("HKEYS", test.key("redeliveries"))
                try test.setRedeliveries(ids, to: losses)
            }
            #expect(try queue.claim()?.count == size)
        }
    }

    /// Retry and pending are served by turns.
    @Test(arguments: QueueProtocol.fenced) func neitherRetriesNorNewTasksStarve(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(4, through: queue)
        try test.expire(try #require(try queue.claim()))
        _ = try queue.recover()
        try test.fill(4, through: queue)
        var isRetry: [Bool] = []
        while let claim = try queue.claim(1) {
            isRetry.append(claim.isRedelivery)
            _ = try queue.ack(claim)
        }
        #expect(isRetry.count == 8)
        for turn in 0..<7 { #expect(isRetry[turn] != isRetry[turn + 1]) }
    }

    @Test(arguments: QueueProtocol.fenced) func releasedTasksGoBackWhereTheyCameFrom(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        let old = try test.fill(3, through: queue)
        try test.expire(try #require(try queue.claim()))
        _ = try queue.recover()
        let new = try test.fill(3, through: queue)
        let claims = [try #require(try queue.claim(8)), try #require(try queue.claim(8))]
        #expect(claims.map(\.count).sorted() == [2, 3])
        for claim in claims { #expect(try queue.release(claim) == claim.count) }
        guard case .list(let retry)? = try test.state()["retry"] else {
            Issue.record("nothing to retry")
            return
        }
        #expect(kind.releasesToTheHead ? retry == names(old, 0..<3) : Set(retry) == Set(names(old, 0..<3)))
        #expect(try test.state()["pending"] == .list(names(new, 0..<3)))
    }

    /// A long outage's leases come back in bounded steps.
    @Test func recoveryIsBoundedAStep() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(100, through: queue)
        while let claim = try queue.claim(1) { try test.expire(claim) }
        var steps: [Int] = []
        while true {
            let recovery = try queue.recover()
            steps.append(recovery.recovered)
            if !recovery.hasMore { break }
        }
        #expect(steps == [32, 32, 32, 4])
        #expect(try queue.depth().retry == 100)
        // Many large claims: no more than a thousand tasks a step, unless one claim alone holds more.
        try test.fill(4_096 + 1_500, through: queue, count: 500)
        while let claim = try queue.claim(4_096) { try test.expire(claim) }
        let recovery = try queue.recover()
        #expect(recovery.recovered <= 4_096)
        #expect(recovery.hasMore)
    }

    /// Two monitors at once take each claim once.
    @Test(arguments: QueueProtocol.fenced) func monitorsNeedNoLeader(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(300, through: queue)
        while let claim = try queue.claim(2) { try test.expire(claim) }
        let recovered = Atomic(0)
        let monitors = (0..<3).map { _ in
            DedicatedThread(name: "monitor") { [configuration = test.configuration] in
                guard let queue = try? configuration.open() else { return }
                while let step = try? queue.recover() {
                    recovered.add(step.recovered, ordering: .relaxed)
                    if !step.hasMore { return }
                }
            }
        }
        for monitor in monitors { monitor.join() }
        #expect(recovered.load(ordering: .relaxed) == 300)
        let depth = try queue.depth()
        #expect(depth.retry == 300)
        #expect(depth.claims == 0)
        guard case .list(let retry)? = try test.state()["retry"] else { return }
        #expect(Set(retry).count == 300)
    }

    @Test func aLeaseWithoutTasksGoesAway() throws {
        let test = try TestQueue()
        let queue = try test.open()
        _ = try test.raw.call("ZADD", test.key("leases"), "1", "nobody.1")
        #expect(try queue.recover().recovered == 0)
        #expect(try test.state().isEmpty)
    }
}

extension TestQueue {
    /// Makes these tasks look lost so many times.
    fileprivate func setRedeliveries(_ ids: borrowing RedisReply, to losses: Int) throws {
        for index in 0..<ids.count {
            let id = try ids.withElement(index) { id throws(RedisError) in try id.bytes() }
            raw.append { writer in
                writer.command("HSET", arguments: 3)
                writer.argument(key("redeliveries"))
                writer.argument(id)
                writer.argument(losses)
            }
        }
        for _ in 0..<ids.count { _ = try raw.receive() }
    }

    /// Fills in batches of at most `count`.
    fileprivate func fill(_ total: Int, through queue: any TaskQueue, count: Int) throws {
        for start in stride(from: 0, to: total, by: count) { try fill(min(count, total - start), through: queue) }
    }
}
