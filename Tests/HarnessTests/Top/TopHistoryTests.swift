import Harness
import Redis
import ReliableQueue
import Reporting
import Testing

/// What takes more than one reading.
@Suite struct TopHistoryTests {
    private var history = TopHistory(
        of: QueueAddress(endpoint: RedisEndpoint(.unixSocket(path: "/s")), name: "orders", queueProtocol: .lease))

    @Test func aSingleReadingHasNoRates() {
        var history = self.history
        let page = history.page(of: sampleReading(at: 0))
        #expect(page.latest == nil && page.smoothed == nil && page.waits.predicted == nil)
        #expect(page.queue == "orders" && page.queueProtocol == "lease" && page.server == "unix:///s")
    }

    @Test func smoothedRatesFollowSlowly() throws {
        var history = self.history
        for second in 0...20 as ClosedRange<UInt64> {
            _ = history.page(of: backlog(1_000_000 - 100 * Int(second), at: second))
        }
        let steady = history.page(of: backlog(1_000_000 - 2_100, at: 21))
        #expect(steady.latest?.done == 100)
        #expect(steady.smoothed?.done.map { abs($0 - 100) < 0.001 } == true)
        let jump = history.page(of: backlog(1_000_000 - 2_100 - 1_100, at: 22))
        #expect(jump.latest?.done == 1_100)
        // After a second of a time constant of ten: 1 - 1/e^0.1 of the way.
        #expect(try abs(#require(jump.smoothed?.done) - 195.16) < 0.01)
        #expect(try abs(#require(jump.waits.predicted) - 996_800 / 195.16) < 1)
    }

    /// A rate that only fades says when work stopped, and nothing of how long it will take.
    @Test func withoutWorkNobodyWaitsForAnEnd() throws {
        var history = self.history
        _ = history.page(of: backlog(1_000, at: 0))
        #expect(history.page(of: backlog(900, at: 1)).waits.predicted == 9)
        var waits: [Double] = []
        for second in 2...12 as ClosedRange<UInt64> {
            waits.append(try #require(history.page(of: backlog(900, at: second)).waits.predicted))
        }
        #expect(waits[8] < 9 * 2.72 && waits[9...] == [.infinity, .infinity])
        #expect(try #require(history.page(of: backlog(890, at: 13)).waits.predicted).isFinite)
        #expect(history.page(of: backlog(0, at: 14)).waits.predicted == nil)
    }

    /// One that has none of a run's journals does not say that the run does nothing.
    @Test func aFolderWithoutJournalsIsNoIdleRun() {
        var history = self.history
        func page(_ finished: Int?, at second: UInt64) -> TopPage {
            var reading = backlog(1_000, at: second)
            reading.run = TopReading.RunReading(finished: finished)
            return history.page(of: reading)
        }
        let alarms = ["the folder of --run has no journal to read: what finished is not known"]
        #expect(page(nil, at: 0).alarms == alarms)
        let blind = page(nil, at: 1)
        #expect(blind.alarms == alarms && blind.latest?.finished == nil)
        #expect(page(7, at: 2).latest?.finished == nil)
        let followed = page(9, at: 3)
        #expect(followed.alarms.isEmpty && followed.latest?.finished == 2)
    }

    /// What was done can't be told while somebody enqueues: an older value would not be true.
    @Test func whatIsNotKnownNowIsNotKnownSmoothedEither() {
        var history = self.history
        _ = history.page(of: backlog(1_000, at: 0))
        #expect(history.page(of: backlog(900, at: 1)).smoothed?.done == 100)
        var busy = backlog(900, at: 2)
        busy.sight.counters.batches = 5
        let page = history.page(of: busy)
        #expect(page.smoothed?.done == nil && page.smoothed?.backlog != nil && page.waits.predicted == nil)
    }

    @Test func ratesBeginAnewAfterAnInterruption() {
        var history = self.history
        _ = history.page(of: backlog(1_000, at: 0))
        history.interrupt()
        #expect(history.page(of: backlog(0, at: 9)).latest == nil)
        #expect(history.page(of: backlog(0, at: 10)).latest?.done == 0)
    }

    /// A claim that was made while Redis was away may be as old as that: nobody saw it.
    @Test func whatHappenedWhileNobodyLookedIsNotKnown() {
        var history = self.history
        func renewed(_ second: Int64, _ name: String) -> [TopPage.Claim.Renewal?] {
            var reading = sampleReading(at: UInt64(second))
            reading.sight.serverMilliseconds = 1_000_000 + second * 1_000
            reading.sight.claims = [SeenClaim(name: name, holder: nil, tasks: 1, left: .seconds(5))]
            return history.page(of: reading).claims.map(\.renewal)
        }
        #expect(renewed(0, "a") == [nil])
        history.interrupt()
        #expect(renewed(600, "b") == [nil])
        #expect(renewed(601, "c") == [.ago(0)])
    }

    /// The server keeps when a lease ends, and nothing else: that it was renewed shows in that the end moves.
    @Test func aRenewalIsSeenByTheLeasesEnd() {
        var history = self.history
        func renewed(_ second: Int64, _ left: [String: Int64]) -> [TopPage.Claim] {
            var reading = sampleReading(at: UInt64(second))
            reading.sight.serverMilliseconds = 1_000_000 + second * 1_000
            reading.sight.claims = left.sorted { $0.key < $1.key }.map {
                SeenClaim(name: $0.key, holder: nil, tasks: 1, left: .milliseconds($0.value))
            }
            return history.page(of: reading).claims
        }
        func claim(_ name: String, left: Double, renewed: TopPage.Claim.Renewal?) -> TopPage.Claim {
            TopPage.Claim(name: name, holder: nil, tasks: 1, leftSeconds: left, renewal: renewed)
        }
        #expect(renewed(0, ["a": 5_000]) == [claim("a", left: 5, renewed: nil)])
        // Nobody has renewed it, and another one was made since.
        #expect(
            renewed(1, ["a": 4_001, "b": 5_000]) == [
                claim("a", left: 4.001, renewed: .atLeast(1)), claim("b", left: 5, renewed: .ago(0)),
            ])
        #expect(
            renewed(2, ["a": 5_000, "b": 4_000]) == [
                claim("a", left: 5, renewed: .ago(0)), claim("b", left: 4, renewed: .ago(1)),
            ])
        #expect(renewed(4, ["a": 3_000]) == [claim("a", left: 3, renewed: .ago(2))])
        #expect(renewed(5, [:]) == [])
    }

    @Test func commandsAreThoseOfTheInterval() {
        var history = self.history
        _ = history.page(of: sampleReading(at: 0, "cmdstat_evalsha:calls=10,usec=500\r\ncmdstat_get:calls=5,usec=5"))
        let page = history.page(
            of: sampleReading(
                at: 2,
                "cmdstat_evalsha:calls=30,usec=1500\r\ncmdstat_get:calls=5,usec=5\r\ncmdstat_lpop:calls=4,usec=8\r\n"
                    + "latency_percentiles_usec_evalsha:p50=40.1,p99=90.5,p99.9=99"))
        #expect(
            page.commands == [
                TopPage.Command(name: "evalsha", perSecond: 10, meanMicroseconds: 50, p99Microseconds: 90.5),
                TopPage.Command(name: "lpop", perSecond: 2, meanMicroseconds: 2, p99Microseconds: nil),
            ])
    }

    @Test func theServersStateIsReadFromInfo() {
        var history = self.history
        var reading = sampleReading(
            at: 0,
            """
            redis_version:7.0.15\r\nused_memory:1048576\r\nused_memory_peak:2097152\r\nmaxmemory:4194304\r
            mem_fragmentation_ratio:1.25\r\nconnected_clients:7\r\nmaxmemory_policy:allkeys-lru\r\nrole:master\r
            connected_slaves:1\r\nslave0:ip=10.0.0.2,port=6379,state=online,offset=100,lag=1\r\naof_enabled:1\r
            aof_current_size:4096\r\naof_last_write_status:err\r\naof_last_bgrewrite_status:ok\r\naof_pending_bio_fsync:2\r
            aof_delayed_fsync:3\r\nserver_time_usec:1700000100000000\r\nrdb_last_save_time:1700000000\r
            rdb_changes_since_last_save:9\r\nrdb_last_bgsave_status:err\r\nrdb_bgsave_in_progress:1
            """)
        reading.settings.appendFsync = "everysec"
        reading.settings.save = "3600 1"
        let page = history.page(of: reading)
        var machine = TopPage.Machine()
        (machine.version, machine.usedBytes, machine.peakBytes) = ("7.0.15", 1 << 20, 2 << 20)
        (machine.limitBytes, machine.fragmentation, machine.connections) = (4 << 20, 1.25, 7)
        machine.replication = "1 replica, lag 1 s"
        #expect(page.machine == machine)
        var saving = TopPage.Saving()
        var log = TopPage.AppendOnly()
        (log.policy, log.bytes, log.isWriteSound, log.pendingSyncs, log.delayedSyncs) = ("everysec", 4_096, false, 2, 3)
        (saving.log, saving.snapshotAge, saving.unsavedChanges) = (log, 100, 9)
        (saving.isSnapshotting, saving.isSnapshotSound) = (true, false)
        #expect(page.saving == saving)
        #expect(
            page.alarms == [
                "Redis may evict keys (maxmemory-policy allkeys-lru): no worker will use it; set noeviction"
            ])
    }

    private func backlog(_ tasks: Int, at second: UInt64) -> TopReading {
        var reading = sampleReading(at: second, "maxmemory_policy:noeviction")
        reading.sight.depth.pending = tasks
        reading.sight.counters.batches = 4
        return reading
    }
}
