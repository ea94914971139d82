import Harness
import Redis
import ReliableQueue
import Testing

/// What two readings tell of the time between them.
@Suite struct TopRatesTests {
    @Test func aStreamsCountsAreExact() throws {
        var (before, after) = (sampleReading(at: 1), sampleReading(at: 3))
        (before.sight.counters.enqueued, after.sight.counters.enqueued) = (1_000, 3_000)
        (before.sight.counters.handedOut, after.sight.counters.handedOut) = (500, 1_700)
        (before.sight.depth.pending, after.sight.depth.pending) = (500, 1_300)
        (before.sight.heldTasks, after.sight.heldTasks) = (100, 200)
        let rates = try #require(TopRates(from: before, to: after))
        #expect(rates.seconds == 2)
        #expect(rates.enqueued == 1_000)
        #expect(rates.handedOut == 600)
        #expect(rates.backlog == 400)
        #expect(rates.done == 550)
        #expect(!rates.isEnqueuedEstimated && !rates.isDoneEstimated)
    }

    /// What comes is counted; of what workers hold some is seen, or none.
    @Test func whatIsDoneIsAsGoodAsWhatIsKnownOfWorkers() throws {
        var (before, after) = (sampleReading(at: 0), sampleReading(at: 1))
        (before.sight.counters.enqueued, after.sight.counters.enqueued) = (0, 1_000)
        (before.sight.counters.handedOut, after.sight.counters.handedOut) = (0, 1_200)
        (before.sight.counters.claims, after.sight.counters.claims) = (0, 60)
        (before.sight.depth.claims, after.sight.depth.claims) = (2, 2)
        before.sight.claims = [claim(tasks: 10), claim(tasks: 10)]
        after.sight.claims = [claim(tasks: 20), claim(tasks: 20)]
        (before.sight.heldTasks, after.sight.heldTasks) = (20, 40)
        before.sight.depth.pending = 100
        let counted = try #require(TopRates(from: before, to: after))
        #expect(counted.done == 1_080 && !counted.isDoneEstimated)
        // One of two claims ended while they were looked at.
        after.sight.isEveryClaimSeen = false
        (after.sight.heldTasks, after.sight.claims) = (20, [claim(tasks: 20)])
        let estimated = try #require(TopRates(from: before, to: after))
        #expect(estimated.done == 1_080 && estimated.isDoneEstimated && !estimated.isEnqueuedEstimated)
        // Both did: they were as large as those of the interval, or nobody knows how large.
        (after.sight.heldTasks, after.sight.claims) = (nil, [])
        #expect(try #require(TopRates(from: before, to: after)).done == 1_080)
        after.sight.counters.claims = 0
        let unknown = try #require(TopRates(from: before, to: after))
        #expect(unknown.done == nil && unknown.enqueued == 1_000 && unknown.backlog == -100)
        // There are more than anybody looks at.
        after.sight.counters.claims = 60
        (after.sight.heldTasks, after.sight.claims) = (20, [claim(tasks: 20)])
        after.sight.depth.claims = QueueObserver.Limits.claims + 1
        #expect(try #require(TopRates(from: before, to: after)).done == nil)
    }

    /// How many tasks batches have nobody knows.
    @Test func newBatchesAreCountedAndTheirTasksAreNot() throws {
        var (before, after) = (sampleReading(at: 0), sampleReading(at: 1))
        (before.sight.counters.batches, after.sight.counters.batches) = (10, 14)
        (before.sight.counters.claims, after.sight.counters.claims) = (100, 130)
        (before.sight.depth.pending, after.sight.depth.pending) = (1_000, 900)
        (before.sight.depth.dead, after.sight.depth.dead) = (1, 3)
        let rates = try #require(TopRates(from: before, to: after))
        #expect(rates.batches == 4 && rates.claims == 30 && rates.backlog == -100 && rates.dead == 2)
        #expect(rates.enqueued == nil && rates.done == nil)
    }

    @Test func withoutNewBatchesWhatIsGoneIsDone() throws {
        var (before, after) = (sampleReading(at: 0), sampleReading(at: 1))
        (before.sight.counters.batches, after.sight.counters.batches) = (10, 10)
        (before.sight.depth.pending, after.sight.depth.pending) = (1_000, 400)
        (before.sight.depth.dead, after.sight.depth.dead) = (1, 3)
        let rates = try #require(TopRates(from: before, to: after))
        // Two became dead letters instead.
        #expect(rates.enqueued == 0 && rates.done == 598 && rates.isEnqueuedEstimated && rates.isDoneEstimated)
    }

    /// Where nobody counts batches: what is removed, or that nobody enqueues.
    @Test func aLockedTaskIsDoneWhenItIsRemoved() throws {
        var before = sampleReading(at: 0, "cmdstat_lrem:calls=100,usec=900,usec_per_call=9.00")
        var after = sampleReading(at: 2, "cmdstat_lrem:calls=300,usec=1900,usec_per_call=9.00")
        (before.sight.isHeldExact, after.sight.isHeldExact) = (true, true)
        (before.sight.heldTasks, after.sight.heldTasks) = (4, 4)
        (before.sight.depth.pending, after.sight.depth.pending) = (50, 70)
        (before.clients, after.clients) = ([producer], [producer])
        let rates = try #require(TopRates(from: before, to: after))
        #expect(rates.done == 100 && rates.enqueued == 110)
        #expect(rates.isEnqueuedEstimated && rates.isDoneEstimated)
    }

    @Test func withoutProducersWhatIsGoneWasPopped() throws {
        var (before, after) = (sampleReading(at: 0), sampleReading(at: 1))
        (before.sight.depth.pending, after.sight.depth.pending) = (50, 20)
        (before.clients, after.clients) = ([], [])
        let rates = try #require(TopRates(from: before, to: after))
        #expect(rates.done == 30 && rates.enqueued == 0)
        after.clients = [producer]
        #expect(try #require(TopRates(from: before, to: after)).done == nil)
    }

    @Test func aServerThatWasStartedAnewEndsTheInterval() {
        var after = sampleReading(at: 1)
        after.info = RedisServerInfo(parsing: "run_id:other")
        #expect(TopRates(from: sampleReading(at: 0), to: after) == nil)
    }

    @Test(arguments: [UInt64(1), 2]) func aClockThatStoodStillTellsNothing(seconds: UInt64) {
        #expect(TopRates(from: sampleReading(at: 2), to: sampleReading(at: seconds)) == nil)
    }

    @Test func aCountThatBecameLessIsNoRate() throws {
        var (before, after) = (sampleReading(at: 0), sampleReading(at: 1))
        (before.sight.counters.enqueued, after.sight.counters.enqueued) = (1_000, 10)
        (before.sight.counters.claims, after.sight.counters.claims) = (1_000, 10)
        (before.clients, after.clients) = ([producer], [producer])
        let rates = try #require(TopRates(from: before, to: after))
        #expect(rates.claims == nil && rates.enqueued == nil && rates.done == nil && rates.isEnqueuedEstimated)
    }

    /// Commands of the view itself are not the queue's.
    @Test func theViewsOwnCommandsAreLeftOut() throws {
        var before = sampleReading(at: 0, "total_commands_processed:1000\r\nused_cpu_user:1.0\r\nused_cpu_sys:1.0")
        var after = sampleReading(at: 2, "total_commands_processed:1600\r\nused_cpu_user:1.5\r\nused_cpu_sys:1.2")
        (before.ownCommands, after.ownCommands) = (10, 110)
        let rates = try #require(TopRates(from: before, to: after))
        #expect(rates.commands == 250)
        #expect(try abs(#require(rates.processors) - 0.35) < 1e-9)
    }

    private func claim(tasks: Int) -> SeenClaim { SeenClaim(name: "w.1", holder: "w", tasks: tasks, left: .seconds(5)) }

    private var producer: QueueClient { QueueClient(part: .producer, host: nil, idle: .zero) }
}

/// A reading at some second, of a server that says this of itself.
func sampleReading(at second: UInt64, _ info: String = "") -> TopReading {
    TopReading(
        time: second * 1_000_000_000, sight: QueueSight(), info: RedisServerInfo(parsing: "run_id:one\r\n" + info),
        clients: nil, ping: .microseconds(100), ownCommands: 0)
}
