import Foundation
import Measurement
package import Reporting
import Workload

/// What a run's faults did to its tasks, from the journals: who held what, what came of it, and how soon.
package struct FaultAnalysis {
    /// What matters here of an attempt.
    fileprivate struct Mark {
        let process: String
        let claimed: UInt64
        /// When it was settled; 0 when it was not.
        let settled: UInt64
        let isExecution: Bool
        let number: UInt16
    }

    private var attempts: [TaskKey: [Mark]] = [:]
    private var acknowledged: [TaskKey: UInt64] = [:]
    private let events: [FaultEvent]
    private let lost: Set<TaskKey>?
    private var acks = AckTimes([])

    /// - Parameters:
    ///   - events: the faults in the order of time.
    ///   - lost: the tasks that the audit did not find; `nil` when it could not ask Redis.
    package init(_ events: [FaultEvent], _ journals: RunJournals, lost: Set<TaskKey>?) {
        self.events = events.sorted { $0.began < $1.began }
        self.lost = lost
        var acks: [UInt64] = []
        for worker in journals.workers {
            let name = SlotJournals.process(ofJournal: worker.name)
            worker.forEachAttempt { attempt in
                let task = TaskKey(producer: attempt.producer, sequence: attempt.sequence)
                attempts[task, default: []].append(Mark(attempt, by: name))
                if attempt.outcome == .acked { acks.append(attempt.acked) }
            }
        }
        self.acks = AckTimes(acks)
        for task in attempts.keys { attempts[task]?.sort { $0.claimed < $1.claimed } }
        for generator in journals.generators {
            generator.enqueues.forEach { _, enqueue in
                let task = TaskKey(producer: generator.producer, sequence: enqueue.sequence)
                if lost?.contains(task) == true { acknowledged[task] = enqueue.acked }
            }
        }
    }

    /// A row for each fault.
    package func rows(_ key: RunKey, _ setup: RunSetup, _ timeline: RunTimeline) -> [FaultRow] {
        var lostAfter = [Int](repeating: 0, count: events.count)
        var duplicatedAfter = lostAfter
        var held = [[UInt64]](repeating: [], count: events.count)
        var claimedAgain = [UInt64?](repeating: nil, count: events.count)
        for task in lost ?? [] { if let fault = culprit(of: task) { lostAfter[fault] += 1 } }
        for marks in attempts.values {
            var executions = 0
            for (position, mark) in marks.enumerated() {
                if mark.isExecution { executions += 1 }
                if mark.isExecution, executions > 1, let fault = latest(before: mark.claimed) {
                    duplicatedAfter[fault] += 1
                }
                // Its worker did not live to put an earlier claim on record.
                if position == 0, mark.number > 1, let fault = latest(before: mark.claimed),
                    events[fault].couldHoldTasks
                {
                    held[fault].append(mark.claimed)
                    claimedAgain[fault] = min(claimedAgain[fault] ?? .max, mark.claimed)
                }
                let next = position + 1 < marks.count ? marks[position + 1].claimed : nil
                for fault in faults(during: mark) {
                    let settled = mark.settled == 0 ? nil : mark.settled
                    held[fault].append([settled, next].compactMap(\.self).min() ?? 0)
                    if let next, mark.settled == 0 || mark.settled > next {
                        claimedAgain[fault] = min(claimedAgain[fault] ?? .max, next)
                    }
                }
            }
        }
        return events.indices.map { index in
            let event = events[index]
            func seconds(_ time: UInt64?) -> Double? {
                time.map { (Double($0) - Double(event.began)) / 1e9 }
            }
            let recovered = held[index].max().flatMap { $0 == 0 ? nil : $0 }
            let over = max(event.began, event.ended ?? 0, recovered ?? 0)
            return FaultRow(
                key: key, protocolName: setup.protocolName, durability: setup.durability, fault: event.kind.rawValue,
                boundary: event.boundary, target: event.target, atSeconds: timeline.seconds(at: event.began),
                inFlight: held[index].count, lost: lost == nil ? nil : lostAfter[index],
                duplicated: duplicatedAfter[index],
                detectSeconds: seconds(claimedAgain[index]),
                recoverSeconds: seconds(recovered), lastedSeconds: seconds(event.ended), lostBytes: event.lostBytes,
                topology: setup.topology, minReplicas: setup.minReplicas,
                stallSeconds: acks.longestGap(from: event.began, to: over).map { Double($0) / 1e9 })
        }
    }

    /// The faults that hit whoever held the task, while it was held.
    private func faults(during mark: Mark) -> [Int] {
        events.indices.filter { index in
            let event = events[index]
            guard event.kind.target == .redis || event.target == mark.process else { return false }
            return mark.claimed <= event.began && (mark.settled == 0 || mark.settled > event.began)
        }
    }

    /// The last fault before that time.
    private func latest(before time: UInt64) -> Int? { events.lastIndex { $0.began <= time } }

    /// The first fault that was not over by the last trace of a lost task.
    private func culprit(of task: TaskKey) -> Int? {
        let traces = (attempts[task] ?? []).map { max($0.claimed, $0.settled) } + [acknowledged[task] ?? 0]
        let last = traces.max() ?? 0
        return events.firstIndex { $0.lastHarm >= last } ?? events.indices.last
    }
}

extension FaultAnalysis.Mark {
    fileprivate init(_ attempt: AttemptRecord, by process: String) {
        self.process = process
        claimed = attempt.claimed
        number = attempt.attempt
        switch attempt.outcome {
        case .acked, .unknown, .stale: settled = max(attempt.acked, attempt.finished)
        case .failed, .released, .refused: settled = attempt.finished
        case .none, .started, .finished, .acking: settled = 0
        }
        isExecution =
            switch attempt.outcome {
            case .finished, .acking, .acked, .stale, .unknown, .failed: true
            case .none, .started, .released, .refused: false
            }
    }
}

extension FaultEvent {
    /// True when what it hit may have held tasks.
    fileprivate var couldHoldTasks: Bool { kind.target == .worker || kind.target == .redis }

    /// Until when it may have cost tasks. A process is hit at one instant. Redis still answers a little between the
    /// beginning of its fault, which is noted first, and the kill; what it acknowledged then is lost with the rest.
    fileprivate var lastHarm: UInt64 { kind.target == .redis ? ended ?? began : began }
}
