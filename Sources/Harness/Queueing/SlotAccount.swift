package import Measurement

/// What a slot's tasks say of it as the server of a queue: how long each occupied it, and how long each waited for it.
///
/// A slot takes its tasks in their order, one by one. A task that had been sent when the one before it ended occupies the slot
/// from that end to its own: the exchange that acks the one and claims the other is part of it. Its wait ends where its
/// occupancy begins. A task sent later waits for nothing; it occupies the slot from its sending on.
package struct SlotAccount: Sendable {
    /// A task's times, in nanoseconds of the monotonic clock.
    package struct Visit: Sendable, Equatable {
        /// When it was sent.
        package var sent: UInt64
        /// When it began to run.
        package var started: UInt64
        /// When it ended.
        package var finished: UInt64

        /// A task of the given times.
        package init(sent: UInt64, started: UInt64, finished: UInt64) {
            (self.sent, self.started, self.finished) = (sent, started, finished)
        }
    }

    /// How many tasks it is of: all but the first one.
    package let tasks: Int
    /// Tasks sent a second.
    package let arrivalRate: Double
    /// For how long a task that was sent before the one before it had ended occupied the slot, in seconds.
    package let occupancy: ServiceTime
    /// The share of such tasks.
    package let busyShare: Double
    /// Mean time from the end of the task before to the start, of such tasks, in seconds.
    package let pickUp: Double
    /// By how much longer that takes from the sending on, of the other tasks, in seconds: both moments.
    package let setUp: ServiceTime
    /// Mean wait, in seconds.
    package let meanWait: Double
    /// Mean time from the sending to the start, in seconds.
    package let meanQueueWait: Double
    /// All waits in order, in seconds.
    private let waits: [Double]

    /// The account of these tasks, in the order in which they ran; `nil` when there are too few for it, or none of them found
    /// the slot busy.
    package init?(_ visits: [Visit]) {
        guard let first = visits.first, let last = visits.last, last.sent > first.sent else { return nil }
        var (occupancies, pickUps, idlePickUps, waits) = ([Double](), [Double](), [Double](), [Double]())
        var queueWait = 0.0
        for (before, visit) in zip(visits, visits.dropFirst()) {
            if visit.sent < before.finished {
                occupancies.append(Self.seconds(before.finished, visit.finished))
                pickUps.append(Self.seconds(before.finished, visit.started))
                waits.append(Self.seconds(visit.sent, before.finished))
            } else {
                idlePickUps.append(Self.seconds(visit.sent, visit.started))
                waits.append(0)
            }
            queueWait += Self.seconds(visit.sent, visit.started)
        }
        guard let occupancy = ServiceTime(occupancies), let pickUp = ServiceTime(pickUps) else { return nil }
        tasks = waits.count
        arrivalRate = Double(tasks) / Self.seconds(first.sent, last.sent)
        self.occupancy = occupancy
        busyShare = Double(occupancies.count) / Double(tasks)
        self.pickUp = pickUp.mean
        setUp = Self.difference(ServiceTime(idlePickUps), pickUp)
        meanWait = waits.reduce(0, +) / Double(tasks)
        meanQueueWait = queueWait / Double(tasks)
        self.waits = waits.sorted()
    }

    /// The wait that a share of the tasks does not exceed, in seconds.
    package func wait(share: Double) -> Double {
        let rank = Int((share * Double(tasks)).rounded(.up))
        return waits[max(0, min(tasks, rank) - 1)]
    }

    /// What comes on top of the one where it is the other: independent of it, so that variances add up.
    private static func difference(_ sum: ServiceTime?, _ part: ServiceTime) -> ServiceTime {
        guard let sum, sum.mean > part.mean else { return .fixed(0) }
        let mean = sum.mean - part.mean
        let variance = (sum.secondMoment - sum.mean * sum.mean) - (part.secondMoment - part.mean * part.mean)
        return ServiceTime(mean: mean, secondMoment: mean * mean + max(0, variance))
    }

    private static func seconds(_ from: UInt64, _ to: UInt64) -> Double { (Double(to) - Double(from)) / 1e9 }
}

extension SlotAccount.Visit {
    /// The acked tasks of a run with one worker and one slot, in the order in which they ran.
    ///
    /// - Throws: ``HarnessError/run(_:)`` for a run that had more.
    static func all(in folder: RunFolder) throws -> [SlotAccount.Visit] {
        let workers = try RunJournals(folder: folder).workers
        guard workers.count == 1 else {
            throw HarnessError.run("\(folder.path) holds the journals of \(workers.count) slots, not of one")
        }
        var visits: [SlotAccount.Visit] = []
        workers[0].forEachAttempt { attempt in
            guard attempt.outcome == .acked else { return }
            visits.append(.init(sent: attempt.sent, started: attempt.started, finished: attempt.finished))
        }
        return visits
    }
}
