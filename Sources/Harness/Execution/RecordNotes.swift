import Measurement
import Redis
import ReliableQueue
import Workload

// What the records of a worker are filled in with.

extension AttemptRecord {
    /// The record of an attempt that has not started: what the queue and the payload say.
    init(
        _ task: ClaimedTask, kind: TaskKind?, payload: Result<TaskPayload, PayloadError>, claimed: UInt64, cycle: Int?
    ) {
        self.init()
        producer = task.id.producer
        attempt = UInt16(clamping: task.attempt)
        self.claimed = claimed
        self.cycle = UInt32(cycle ?? 0)
        self.kind = kind?.rawValue ?? 0
        guard case .success(let payload) = payload else { return }
        sequence = payload.sequence
        parameter = payload.parameter
        intended = payload.intended
        sent = payload.sent
    }

    /// What the queue answered to the attempt's ack, and when.
    mutating func note(_ answer: AckAnswer, at now: UInt64) {
        acked = now
        outcome = CycleAck(answer).outcome
    }

    /// What the attempt cost by itself. The time it waited is what the call took, less what the thread did in it or
    /// spent in the run queue.
    mutating func note(_ cost: ThreadSample) {
        wall = cost.wall
        cpu = cost.cpu
        runDelay = cost.runDelay
        ioWait = min(ioWait, wall - min(wall, cpu + runDelay))
        flags.insert(.measuredIndividually)
    }
}

extension AttemptRecord {
    /// What the attempt came to.
    mutating func note(_ result: TaskExecutor.Result) {
        switch result {
        case .residue(let residue), .number(let residue, _): self.residue = residue
        case .waited(let nanoseconds): ioWait = nanoseconds
        case .nothing, .threw, .failed: break
        }
    }
}

extension CycleRecord {
    /// Adds a round trip, without the time that it was blocked on an empty queue.
    mutating func add(exchange cost: ThreadSample, blocked: UInt64, _ traffic: RedisTraffic) {
        exchangeWall += cost.wall - blocked
        exchangeCPU += cost.cpu
        exchangeRunDelay += min(cost.runDelay, cost.wall - blocked)
        bytesOut += UInt64(traffic.bytesOut)
        bytesIn += UInt64(traffic.bytesIn)
        roundTrips += UInt32(traffic.roundTrips)
        commands += UInt32(traffic.commands)
        addSwitches(cost)
    }

    /// Adds a share of a round trip that settled several claims; its counts go to one of them whole.
    mutating func add(share: Double, of cost: ThreadSample, _ traffic: RedisTraffic, takesCounts: Bool) {
        exchangeWall += UInt64(Double(cost.wall) * share)
        exchangeCPU += UInt64(Double(cost.cpu) * share)
        exchangeRunDelay += UInt64(Double(min(cost.runDelay, cost.wall)) * share)
        bytesOut += UInt64(Double(traffic.bytesOut) * share)
        bytesIn += UInt64(Double(traffic.bytesIn) * share)
        guard takesCounts else { return }
        roundTrips += UInt32(traffic.roundTrips)
        commands += UInt32(traffic.commands)
        addSwitches(cost)
    }

    mutating func addSwitches(_ cost: ThreadSample) {
        voluntary += UInt32(cost.voluntarySwitches)
        involuntary += UInt32(cost.involuntarySwitches)
    }
}

extension CycleAck {
    /// The queue's answer, as a journal keeps it.
    init(_ answer: AckAnswer?) {
        self =
            switch answer {
            case .acked: .acked
            case .stale: .stale
            case .unknown: .unknown
            case nil: .none
            }
    }
}

extension AttemptOutcome {
    /// What a task's outcome makes of its attempt.
    init(_ outcome: TaskOutcome) {
        self =
            switch outcome {
            case .done, .answered: .finished
            case .failed, .rejected: .failed
            case .declined: .released
            case .superseded: .refused
            }
    }
}
