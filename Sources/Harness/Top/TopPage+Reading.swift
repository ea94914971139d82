import Foundation
import Redis
import ReliableQueue
import Reporting

extension TopPage {
    /// What a reading tells by itself.
    ///
    /// - Parameter renewals: how long ago each claim was renewed, or made.
    init(_ address: QueueAddress, _ reading: TopReading, renewals: [String: Claim.Renewal]) {
        self.init(
            queue: address.name, queueProtocol: address.queueProtocol.rawValue, server: "\(address.endpoint)",
            clock: Self.clock(reading.sight.serverMilliseconds))
        let sight = reading.sight
        tasks = Tasks(sight)
        waits.oldest = sight.oldestWaiting?.seconds
        waits.nextDue = sight.nextDue?.seconds
        waits.ping = reading.ping.seconds
        waits.endToEndP99 = reading.run?.p99Microseconds.map { $0 / 1e6 }
        people = reading.clients.map(Self.parts)
        producers = sight.producers
        claims = sight.claims.map { claim in
            Claim(
                name: claim.name, holder: claim.holder, tasks: claim.tasks, isEveryTaskSeen: claim.isEveryTaskSeen,
                leftSeconds: claim.left?.seconds, renewal: renewals[claim.name])
        }
        letters = sight.newestDead.map { letter in
            Letter(
                id: letter.id.map { "\($0)" } ?? "no task", kind: letter.kind, reason: letter.reason ?? "not recorded")
        }
        machine = Machine(reading.info)
        saving = Saving(reading.info, reading.settings)
        credits = reading.run?.credits.map(Self.credits)
        alarms = Self.alarms(reading)
    }

    /// Redis' clock, in UTC.
    static func clock(_ milliseconds: Int64) -> String {
        let seconds = Int(milliseconds / 1_000) % 86_400
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return parts.joined(separator: ":") + " UTC"
    }

    private static func parts(_ clients: [QueueClient]) -> [Part] {
        QueueConfiguration.Part.allCases.map { part in
            let members = clients.filter { $0.part == part }
            return Part(
                name: "\(part.rawValue)s", count: members.count, hosts: Set(members.map(\.host)).count,
                idleSeconds: members.map { Int($0.idle.components.seconds) }.min())
        }
    }

    private static func credits(_ credits: LiveCredits) -> Credits {
        Credits(
            instance: credits.instance, balance: credits.balance, allowedProcessors: credits.allowedProcessors,
            throttledSeconds: credits.throttledSeconds, timeScale: credits.timeScale,
            ageSeconds: Date().timeIntervalSince1970 - credits.said)
    }

    private static func alarms(_ reading: TopReading) -> [String] {
        var alarms: [String] = []
        if reading.info.integer("loading") == 1 { alarms.append("Redis is loading its data") }
        if let run = reading.run, run.finished == nil {
            alarms.append("the folder of --run has no journal to read: what finished is not known")
        }
        let policy = reading.info.evictionPolicy
        if policy != "noeviction" {
            alarms.append("Redis may evict keys (maxmemory-policy \(policy)): no worker will use it; set noeviction")
        }
        return alarms
    }
}

extension TopPage.Tasks {
    fileprivate init(_ sight: QueueSight) {
        self.init()
        waiting = sight.depth.pending
        retry = sight.depth.retry
        delayed = sight.depth.delayed
        held = sight.heldTasksOfAll
        isHeldEstimated = sight.isHeldEstimated
        claims = sight.depth.claims
        expired = sight.expiredClaims
        dead = sight.depth.dead
        failed = sight.failedTasks
        orphaned = sight.orphanedTasks
    }
}

extension TopPage.Rates {
    /// As they are shown.
    init(_ rates: TopRates) {
        self.init(seconds: rates.seconds)
        enqueued = rates.enqueued
        batches = rates.batches
        claims = rates.claims
        handedOut = rates.handedOut
        done = rates.done
        isEnqueuedEstimated = rates.isEnqueuedEstimated
        isDoneEstimated = rates.isDoneEstimated
        backlog = rates.backlog
        dead = rates.dead
        finished = rates.finished
    }
}
