import Measurement
import Reporting
import Workload

/// The latencies of a run's tasks, by kind of task and of latency.
struct LatencyTable {
    private struct Key: Hashable {
        let kind: UInt8
        let latency: LatencyKind
    }

    private var histograms: [Key: LatencyHistogram] = [:]

    /// Adds what the sending of a task took.
    mutating func add(_ enqueue: EnqueueRecord) {
        guard enqueue.outcome == .acknowledged else { return }
        record(.scheduleLag, enqueue.kind, from: enqueue.intended, to: enqueue.sent)
        record(.enqueue, enqueue.kind, from: enqueue.sent, to: enqueue.acked)
    }

    /// Adds the accepted attempt of a task, and the cycle in which it ran.
    mutating func add(_ attempt: AttemptRecord, cycle: CycleRecord) {
        let kind = attempt.kind
        record(.queueWait, kind, from: attempt.sent, to: attempt.started)
        record(.claim, kind, from: cycle.requested, to: cycle.claimed)
        record(.service, kind, from: attempt.started, to: attempt.finished)
        record(.endToEndIntended, kind, from: attempt.intended, to: attempt.finished)
        record(.endToEndActual, kind, from: attempt.sent, to: attempt.finished)
        // A worker that died before the answer came left none to measure.
        guard attempt.outcome == .acked else { return }
        if attempt.flags.contains(.ackedIndividually) {
            record(.ack, kind, from: attempt.finished, to: attempt.acked)
        } else if cycle.ack == .acked {
            record(.ack, kind, from: cycle.ackSent, to: cycle.acked)
        }
    }

    /// The rows of `latency.csv`.
    func rows(_ key: RunKey) -> [LatencyRow] {
        histograms.sorted { ($0.key.kind, $0.key.latency.order) < ($1.key.kind, $1.key.latency.order) }.compactMap {
            entry in
            guard let summary = entry.value.summary else { return nil }
            return LatencyRow(
                key: key, taskKind: TaskKind.name(ofRecord: entry.key.kind), latencyKind: entry.key.latency,
                summary: summary)
        }
    }

    private mutating func record(_ latency: LatencyKind, _ kind: UInt8, from start: UInt64, to end: UInt64) {
        histograms[Key(kind: kind, latency: latency), default: LatencyHistogram()]
            .record(min(end - min(start, end), LatencyHistogram.greatest))
    }
}

extension LatencyKind {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
