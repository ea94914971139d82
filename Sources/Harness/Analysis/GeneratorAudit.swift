import Measurement
import Reporting
import Workload

/// Holds what each generator sent against what it was to send.
struct GeneratorAudit {
    /// When tasks were to be sent.
    let arrival: ArrivalProcess
    /// 99th percentile of the tasks' latency from the intended start, in µs; `nil` when none ended.
    let latencyP99: Double?

    /// What is found of a generator.
    struct Finding {
        /// Its row of `generators.csv`; without a verdict where it sent too few tasks for one.
        let row: GeneratorRow
        /// The verdict, however few they are; `nil` without a schedule.
        let verdict: GeneratorVerdict?
    }

    /// What is found of a generator; `nil` for one that sent nothing.
    func finding(_ key: RunKey, _ generator: GeneratorJournals) -> Finding? {
        let count = generator.enqueues.count
        guard count > 0 else { return nil }
        let firstSent = generator.enqueues[0].sent
        var (lag, ownLag, lastAnswer) = (LatencyHistogram(), LatencyHistogram(), firstSent)
        var (batch, answered, answeredBefore): (UInt32, UInt64, UInt64) = (0, 0, 0)
        generator.enqueues.forEach { _, record in
            lag.record(min(record.sent - min(record.intended, record.sent), LatencyHistogram.greatest))
            if record.batch != batch { (batch, answeredBefore, answered) = (record.batch, answered, 0) }
            answered = max(answered, record.acked)
            let free = max(record.intended, answeredBefore)
            ownLag.record(min(record.sent - min(free, record.sent), LatencyHistogram.greatest))
            lastAnswer = max(lastAnswer, record.sent, record.acked)
        }
        guard let lag = lag.summary else { return nil }
        let hasSchedule = arrival.loop == .open
        let offered = hasSchedule ? rate(generator, \.intended) : nil
        let sent = rate(generator, \.sent)
        let cost = Cost(generator)
        let judgement = GeneratorVerdict.judge(
            offered: offered, sent: sent, lag: lag.p99, ownLag: ownLag.percentile(99) ?? 0,
            latency: latencyP99,
            busy: cost.cpu + cost.coreWait, waiting: cost.serverWait)
        let verdict = hasSchedule ? judgement : nil
        let row = GeneratorRow(
            key: key, name: generator.name, sent: count, offeredPerSecond: offered, sentPerSecond: sent,
            lag: lag, plannedGaps: hasSchedule ? gaps(generator, \.intended) : nil, sentGaps: gaps(generator, \.sent),
            isPoisson: arrival.isPoisson, cpuSeconds: cost.cpu, coreWaitSeconds: cost.coreWait,
            serverWaitSeconds: cost.serverWait,
            durationSeconds: Double(lastAnswer - firstSent) / 1e9,
            verdict: count < GeneratorVerdict.leastTasks ? nil : verdict)
        return Finding(row: row, verdict: verdict)
    }

    private func rate(
        _ generator: GeneratorJournals, _ time: KeyPath<EnqueueRecord, UInt64>
    ) -> Double? {
        let gaps = generator.enqueues.count - 1
        let (first, last) = (generator.enqueues[0][keyPath: time], generator.enqueues[gaps][keyPath: time])
        guard gaps > 0, last > first else { return nil }
        return Double(gaps) / (Double(last - first) / 1e9)
    }

    private func gaps(
        _ generator: GeneratorJournals, _ time: KeyPath<EnqueueRecord, UInt64>
    ) -> ArrivalGaps {
        ArrivalGaps(count: generator.enqueues.count) { generator.enqueues[$0][keyPath: time] }
    }

    /// What its thread did, in seconds.
    private struct Cost {
        var (cpu, coreWait, serverWait) = (0.0, 0.0, 0.0)

        init(_ generator: GeneratorJournals) {
            generator.cycles.forEach { _, cycle in
                let (cpu, coreWait) = (Double(cycle.exchangeCPU) / 1e9, Double(cycle.exchangeRunDelay) / 1e9)
                self.cpu += cpu
                self.coreWait += coreWait
                serverWait += max(0, Double(cycle.exchangeWall) / 1e9 - cpu - coreWait)
            }
        }
    }
}
