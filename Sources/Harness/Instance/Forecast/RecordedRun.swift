import Foundation
import InstanceLimits
package import Reporting

/// A run as its files tell it: what it did, what processor time that took, and on which machine.
package struct RecordedRun: Sendable {
    /// The instance that it was on.
    struct Instance: Sendable {
        let type: String
        let isHeld: Bool
        /// Where its credits began; empty for a type without.
        let credits: String
        let timeScale: Double
    }

    /// Its folder.
    package let folder: String
    /// Which run it is.
    package let key: RunKey
    /// What makes runs comparable: the protocol, durability, arrivals, workers, slots, claim, and the kinds of tasks.
    let work: [String]
    /// True for one whose tasks wait for nothing but the workers: a backlog, or a closed loop.
    let isBacklog: Bool
    /// Tasks done.
    let acked: Double
    /// Throughput, as its summary has it.
    let ackedPerSecond: Double?
    /// What its schedule asked for; `nil` for a backlog.
    let offeredPerSecond: Double?
    /// True when nothing was left to do much later than the last task came; always true of a backlog.
    let keptUp: Bool
    /// Processor time of what was on the instance, from the beginning of the load on; of Redis and the workers where there was none.
    let cpuSeconds: Double
    /// `nil` for a run without one.
    let instance: Instance?
    /// The readings of its credits; `nil` without any.
    let credits: CreditRecord?
    /// What it used of the processors, second by second.
    let course: [ProcessorDemand.Piece]
    /// Acks by second, from the first sending on.
    let ackedBySecond: [Int: Double]

    /// The name that tells it from others: its folder's.
    package var name: String { URL(fileURLWithPath: folder).lastPathComponent }

    /// Processor time of a task, in seconds.
    var cpuPerTask: Double { cpuSeconds / acked }

    /// Reads a run's folder.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for a folder without a run, and for a run that did nothing;
    ///   ``HarnessError/results(_:)`` for files that can't be read.
    package init(_ folder: String) throws(HarnessError) {
        self.folder = folder
        guard let rows: [SummaryRow] = try Recorded.rows(in: folder) else {
            throw .usage("\(folder) holds no run: there is no \(SummaryRow.fileName) in it")
        }
        guard let summary = rows.first else { throw .usage("\(folder)/\(SummaryRow.fileName) has no row") }
        key = summary.key
        let setup = summary.setup
        work =
            [
                setup.protocolName, setup.durability, setup.arrival, "\(setup.workers)", "\(setup.slots)",
                "\(setup.claim)",
            ]
            + (try Self.kinds(folder))
        isBacklog = setup.arrival == "backlog" || setup.arrival.hasPrefix("closed:")
        acked = Double(summary.counts.acked)
        guard acked > 0 else { throw .usage("\(folder): no task was done, so there is nothing to learn from it") }
        ackedPerSecond = summary.pace.ackedPerSecond
        offeredPerSecond = summary.pace.offeredPerSecond
        keptUp = Self.keptUp(summary)
        instance = try setup.instance.map { given throws(HarnessError) in try Instance(given, folder) }
        let readings: [CreditRow]? = try Recorded.rows(in: folder)
        credits = try readings.map { rows throws(HarnessError) in
            try CreditRecord(rows, path: "\(folder)/\(CreditRow.fileName)")
        }
        let (course, ackedBySecond) = try Self.intervals(folder)
        self.ackedBySecond = ackedBySecond
        if let credits {
            cpuSeconds = credits.usedInAll
        } else {
            guard let redis = summary.cost.redisCPUSeconds else {
                throw .usage("\(folder)/\(SummaryRow.fileName): the column cpu_redis_s is empty")
            }
            cpuSeconds = redis + summary.cost.workerCPUSeconds
        }
        self.course = credits?.course ?? Self.scaled(course, to: cpuSeconds, over: summary.pace.durationSeconds)
        guard cpuSeconds > 0 else { throw .usage("\(folder): the run used no processor time that was counted") }
    }

    /// The kinds of tasks that it did.
    private static func kinds(_ folder: String) throws(HarnessError) -> [String] {
        let rows: [LatencyRow]? = try Recorded.rows(in: folder)
        return Set(rows?.map(\.taskKind) ?? []).sorted()
    }

    /// A course so stretched and raised that it takes as long as the run, and comes to what it used in all: a sample's second is
    /// hardly ever a whole one, and what processes used to start and to end is none of its business.
    private static func scaled(
        _ course: [ProcessorDemand.Piece], to cpuSeconds: Double, over seconds: Double
    ) -> [ProcessorDemand.Piece] {
        let used = course.reduce(0) { $0 + $1.seconds * $1.processors }
        guard seconds > 0, used > 0 else { return course }
        let (longer, more) = (seconds / Double(course.count), cpuSeconds / used)
        return course.map { .init(seconds: longer, processors: $0.processors * more / longer) }
    }

    /// It may take a second and a tenth more than the schedule.
    private static func keptUp(_ summary: SummaryRow) -> Bool {
        guard let offered = summary.pace.offeredPerSecond, offered > 0 else { return true }
        let planned = Double(summary.counts.sent - 1) / offered
        return summary.counts.leftInRedis ?? 0 == 0 && summary.pace.durationSeconds <= 1.1 * planned + 1
    }

    private static func intervals(
        _ folder: String
    ) throws(HarnessError) -> (course: [ProcessorDemand.Piece], acked: [Int: Double]) {
        var used: [Int: Double] = [:]
        var acked: [Int: Double] = [:]
        let rows: [IntervalRow] = try Recorded.rows(in: folder) ?? []
        for row in rows {
            if let tasks = row.tasks { acked[row.second, default: 0] += Double(tasks.acked) }
            let cpu = (row.machine?.workerCPUSeconds, row.machine?.redisCPUSeconds)
            guard cpu.0 != nil || cpu.1 != nil else { continue }
            used[row.second, default: 0] += (cpu.0 ?? 0) + (cpu.1 ?? 0)
        }
        return (used.sorted { $0.key < $1.key }.map { .init(seconds: 1, processors: $0.value) }, acked)
    }
}

extension RecordedRun {
    /// True when it got less than it asked for at some moment of the load.
    func wasHeldBack(on type: InstanceType) -> Bool {
        instance?.isHeld == true && credits.map { $0.leastAllowed < Double(type.processors) } ?? false
    }

    /// True when there was hardly anything left of the processors of its instance: it would have used more if there were.
    private var filledItsInstance: Bool {
        guard instance?.isHeld == true, let credits else { return false }
        return credits.shareInLoad >= 0.95 * credits.greatestAllowed
    }

    /// What it asks of a machine whose processors are so many times as fast.
    ///
    /// A backlog asks for what it used, since it would have used more if it could; one that was held back, or that filled its
    /// instance, for all there is. Tasks
    /// that arrive by a schedule ask for what they used as time went by, or, where they were held back or the run fell behind, for
    /// what they take at the rate at which they came.
    func demand(isHeldBack: Bool, speed: Double) -> ProcessorDemand {
        guard !isBacklog else {
            // Without a rate, as after a single task, nobody knows how much it can use.
            let use =
                isHeldBack || filledItsInstance
                ? .infinity : credits?.shareInLoad ?? ackedPerSecond.map { cpuPerTask * $0 } ?? .infinity
            return ProcessorDemand(steady: use, leftover: .isNone)
        }
        guard !isHeldBack, keptUp, !course.isEmpty else {
            let use = cpuPerTask / speed * (offeredPerSecond ?? ackedPerSecond ?? 0)
            return ProcessorDemand(steady: use, leftover: .waits)
        }
        return ProcessorDemand(
            arriving: course.map { .init(seconds: $0.seconds, processors: $0.processors / speed) })
    }
}

extension RecordedRun.Instance {
    fileprivate init(_ instance: RunSetup.Instance, _ folder: String) throws(HarnessError) {
        type = instance.type
        isHeld = instance.isHeld
        credits = instance.credits ?? ""
        timeScale = instance.timeScale ?? 1
        guard timeScale > 0 else { throw .usage("\(folder)/\(SummaryRow.fileName): a time scale is above 0") }
    }
}
