import Measurement
import Reporting
import Workload

/// A run second by second.
struct IntervalTable {
    private struct Key: Hashable {
        let second: Int
        let phase: RunPhase
        let kind: UInt8
    }

    private struct Entry {
        var sent = 0
        var acked = 0
        var serviceSum = 0.0
        var serviceSquares = 0.0
        var endToEndSum = 0.0
        var endToEnd = LatencyHistogram()
    }

    private let timeline: RunTimeline
    private var entries: [Key: Entry] = [:]
    private var inFlight: [Int: Int] = [:]

    init(_ timeline: RunTimeline) {
        self.timeline = timeline
    }

    /// Adds a task that was sent.
    mutating func add(_ enqueue: EnqueueRecord) {
        entries[key(enqueue.sent, enqueue.kind), default: Entry()].sent += 1
    }

    /// Adds the accepted attempt of a task, at the time of its ack; at its end when no answer was seen.
    mutating func add(_ attempt: AttemptRecord) {
        let key = key(attempt.acked == 0 ? attempt.finished : attempt.acked, attempt.kind)
        let service = Double(attempt.finished - attempt.started) / 1e9
        let endToEnd = min(attempt.finished - min(attempt.intended, attempt.finished), LatencyHistogram.greatest)
        entries[key, default: Entry()].acked += 1
        entries[key]?.serviceSum += service
        entries[key]?.serviceSquares += service * service
        entries[key]?.endToEndSum += Double(endToEnd) / 1e9
        entries[key]?.endToEnd.record(endToEnd)
    }

    /// Adds a claim's tasks to the samples that were taken while it was held.
    mutating func addInFlight(_ cycle: CycleRecord, _ samples: [RunSample]) {
        let end = cycle.acked == 0 ? max(cycle.executed, cycle.claimed) : cycle.acked
        var low = 0
        var high = samples.count
        while low < high {
            let middle = (low + high) / 2
            if samples[middle].time < cycle.claimed { low = middle + 1 } else { high = middle }
        }
        while low < samples.count, samples[low].time < end {
            inFlight[low, default: 0] += Int(cycle.tasks)
            low += 1
        }
    }

    /// The rows of `intervals.csv`.
    func rows(_ key: RunKey, _ samples: [RunSample]) -> [IntervalRow] {
        let order: [RunPhase] = [.warmUp, .steady, .drain]
        let tasks = entries.map { entry in
            IntervalRow(
                key: key, second: entry.key.second, phase: entry.key.phase,
                content: .tasks(kind: TaskKind.name(ofRecord: entry.key.kind), Self.figures(entry.value)))
        }
        return (machineRows(key, samples) + tasks).sorted { left, right in
            (left.second, order.firstIndex(of: left.phase) ?? 0, left.kindName)
                < (right.second, order.firstIndex(of: right.phase) ?? 0, right.kindName)
        }
    }

    private static func figures(_ entry: Entry) -> TaskInterval {
        TaskInterval(
            sent: entry.sent, acked: entry.acked, serviceSumSeconds: entry.serviceSum,
            serviceSumSquares: entry.serviceSquares, endToEndSumSeconds: entry.endToEndSum,
            endToEndP50: entry.endToEnd.percentile(50), endToEndP99: entry.endToEnd.percentile(99),
            endToEndMax: entry.endToEnd.summary?.max)
    }

    /// One row for each sample: the state then, and what was used since the sample before it.
    private func machineRows(_ key: RunKey, _ samples: [RunSample]) -> [IntervalRow] {
        guard timeline.sent > 0 else { return [] }
        return zip(samples.indices, samples).dropFirst().compactMap { index, sample in
            guard sample.time >= timeline.firstSent else { return nil }
            let before = samples[index - 1]
            let throttled = sample.throttledSeconds.flatMap { now in before.throttledSeconds.map { now - $0 } }
            let figures = MachineInterval(
                backlog: sample.backlog, inFlight: inFlight[index] ?? 0,
                workerCPUSeconds: max(0, sample.cpuWorkerSeconds - before.cpuWorkerSeconds),
                redisCPUSeconds: sample.cpuRedisSeconds - before.cpuRedisSeconds, throttledSeconds: throttled,
                creditBalance: sample.credits?.balance, allowedProcessors: sample.credits?.allowedProcessors,
                timeScale: sample.credits?.timeScale, redisMemoryBytes: sample.redisMemoryBytes)
            return IntervalRow(
                key: key, second: second(sample.time), phase: timeline.phase(at: sample.time),
                content: .machine(figures))
        }
    }

    private func key(_ instant: UInt64, _ kind: UInt8) -> Key {
        Key(second: second(instant), phase: timeline.phase(at: instant), kind: kind)
    }

    private func second(_ instant: UInt64) -> Int { Int(timeline.seconds(at: instant).rounded(.down)) }
}

extension IntervalRow {
    /// For sorting: a second's own row before those of its kinds.
    fileprivate var kindName: String {
        if case .tasks(let kind, _) = content { kind } else { "" }
    }
}
