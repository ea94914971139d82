import Foundation
package import InstanceLimits

/// How many servers, workers and instances a load needs, by a model. Pure: it says what follows, and how far it may be off.
///
/// A server's commands run on one thread, so a server carries what one processor does. Of a burstable type it carries for ever what
/// its baseline does, and while it has credits what a whole processor does.
package struct CapacityPlan: Sendable {
    /// A number of things, and what it is if a task costs as many times more than the model says as on the cell where that was
    /// the most.
    package struct Count: Sendable, Equatable {
        /// By the model.
        package let expected: Int
        /// If a task costs as much more.
        package let most: Int
    }

    /// Bytes of the payloads that the model's traffic was measured with.
    private static let measuredPayload = 12.0

    /// The load.
    package let load: PlannedLoad
    /// The type of all machines.
    package let type: InstanceType
    /// Masters, so that none is busier than wanted while there are credits.
    package let serversWithCredits: Count
    /// Masters, so that each lives on its baseline.
    package let serversForEver: Count
    /// Masters, so that the backlog fits into their memory.
    package let serversForBacklog: Count
    /// Masters, and as many machines for the workers, since the same bytes pass them: so that each has as much network as it takes for
    /// ever; `nil` where the type's is not known.
    package let machinesForNetwork: Count?
    /// Bytes that the backlog takes.
    package let backlogBytes: Double
    /// Slots, so that tasks find a free one.
    package let slots: Int
    /// Machines for the workers, while there are credits.
    package let workersWithCredits: Count
    /// Machines for the workers, on their baseline.
    package let workersForEver: Count
    /// How long a worker's machine that is as busy as wanted lasts on a full balance, in seconds; `nil` for ever.
    package let creditsLast: Double?
    /// Bytes a second between workers and each server that is as busy as wanted.
    package let bytesPerSecondOfServer: Double

    /// The masters that the load needs while there are credits.
    package var servers: Count {
        let all = [serversWithCredits, serversForBacklog, machinesForNetwork].compactMap(\.self)
        return Count(expected: all.map(\.expected).max() ?? 1, most: all.map(\.most).max() ?? 1)
    }

    /// The plan for a load on machines of one type.
    package init(_ load: PlannedLoad, on type: InstanceType, by check: ModelCheck) {
        (self.load, self.type) = (load, type)
        // One server, which has a shard of several.
        var point = CostPoint()
        (point.shards, point.claim) = (2, load.claim)
        (point.payload, point.backlog) = (Double(load.payload), max(1, load.backlog))
        let redisShortfall = check.worstShortfall(of: .redisAtLimit)
        // A server that is used less does each thing for more.
        func cost(usedShare share: Double) -> Double {
            check.model.microseconds(of: .redisAtLimit, at: point, usingProcessors: share) / 1e6 / load.speed
        }
        let forEver = min(load.utilisation, type.sustainedProcessors)
        let redis = cost(usedShare: load.utilisation)
        let processors = Double(type.processors)
        func count(_ work: Double, _ shortfall: Double, each: Double) -> Count {
            Count(
                expected: max(1, Int((work / each).rounded(.up))),
                most: max(1, Int((work * shortfall / each).rounded(.up))))
        }
        serversWithCredits = count(load.rate * redis, redisShortfall, each: load.utilisation)
        serversForEver = count(load.rate * cost(usedShare: forEver), redisShortfall, each: forEver)
        let memory = check.model.value(of: .memory, at: point)
        backlogBytes = Double(load.backlog) * memory
        serversForBacklog = count(
            backlogBytes, check.worstShortfall(of: .memory), each: Double(type.memoryBytes) * load.memoryShare)
        // What workers need for a task by themselves, on machines like the measured one: as often as they claim when so much of each of
        // its processors is used.
        func own(usedShare share: Double) -> Double {
            check.model.microseconds(
                of: .workerAtLimit, at: point, usingProcessors: share * Double(check.model.setting.processors),
                besides: load.taskCPU * 1e6 * load.speed) / 1e6 / load.speed
        }
        func workers(usedShare share: Double) -> Count {
            let own = own(usedShare: share)
            // The model says nothing of what a task does by itself.
            let shortfall =
                (own * check.worstShortfall(of: .workerAtLimit) + load.taskCPU) / (own + load.taskCPU)
            return count(load.rate * (own + load.taskCPU), shortfall, each: share * processors)
        }
        workersWithCredits = workers(usedShare: load.utilisation)
        workersForEver = workers(usedShare: min(load.utilisation, type.sustainedProcessors / processors))
        // Little's law; each claim waits for two round trips.
        let held =
            load.taskCPU + load.taskWait + own(usedShare: load.utilisation) + 2 * load.roundTrip / Double(load.claim)
        slots = max(1, Int((load.rate * held / load.utilisation).rounded(.up)))
        creditsLast = type.credits.flatMap { terms in
            let account = CreditAccount(terms, .full)
            return CreditForecast(
                account, ProcessorDemand(steady: load.utilisation * processors, leftover: .waits)
            ).lastsFor
        }
        // Each byte of a payload goes to Redis and comes from it.
        let bytes =
            check.model.value(of: .bytes, at: point) + 2 * max(0, Double(load.payload) - Self.measuredPayload)
        bytesPerSecondOfServer = bytes * load.utilisation / redis
        let network = type.networkGbps.always * 1e9 / 8
        machinesForNetwork =
            network > 0 ? count(load.rate * bytes, check.worstShortfall(of: .bytes), each: network) : nil
    }
}
