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
    /// - Throws: ``HarnessError/usage(_:)`` for a folder without a run, and for a run that did nothing.
    package init(_ folder: String) throws(HarnessError) {
        self.folder = folder
        guard let summary = try RecordedTable(SummaryRow.fileName, in: folder)?.first() else {
            throw .usage("\(folder) holds no run: there is no \(SummaryRow.fileName) in it")
        }
        key = RunKey(
            runID: summary.text("run_id"), cellID: summary.text("cell_id"),
            repetition: try summary.whole("repetition") ?? 1)
        let setup = ["protocol", "durability", "arrival", "workers", "slots", "claim"].map(summary.text)
        work = setup + (try Self.kinds(folder))
        isBacklog = summary.text("arrival") == "backlog" || summary.text("arrival").hasPrefix("closed:")
        acked = try summary.requiredNumber("acked")
        guard acked > 0 else { throw .usage("\(folder): no task was done, so there is nothing to learn from it") }
        ackedPerSecond = try summary.number("acked_per_s")
        offeredPerSecond = try summary.number("offered_per_s")
        keptUp = try Self.keptUp(summary)
        instance = try Instance(summary)
        credits = try RecordedTable(CreditRow.fileName, in: folder).map(CreditRecord.init)
        let (course, ackedBySecond) = try Self.intervals(folder)
        self.ackedBySecond = ackedBySecond
        if let credits {
            cpuSeconds = credits.usedInAll
        } else {
            cpuSeconds = try summary.requiredNumber("cpu_redis_s") + summary.requiredNumber("cpu_worker_s")
        }
        let seconds = try summary.number("duration_s")
        self.course = credits?.course ?? Self.scaled(course, to: cpuSeconds, over: seconds)
        guard cpuSeconds > 0 else { throw .usage("\(folder): the run used no processor time that was counted") }
    }

    /// The kinds of tasks that it did.
    private static func kinds(_ folder: String) throws(HarnessError) -> [String] {
        Set(try RecordedTable(LatencyRow.fileName, in: folder)?.rows.map { $0.text("task_kind") } ?? []).sorted()
    }

    /// A course so stretched and raised that it takes as long as the run, and comes to what it used in all: a sample's second is
    /// hardly ever a whole one, and what processes used to start and to end is none of its business.
    private static func scaled(
        _ course: [ProcessorDemand.Piece], to cpuSeconds: Double, over seconds: Double?
    ) -> [ProcessorDemand.Piece] {
        let used = course.reduce(0) { $0 + $1.seconds * $1.processors }
        guard let seconds, seconds > 0, used > 0 else { return course }
        let (longer, more) = (seconds / Double(course.count), cpuSeconds / used)
        return course.map { .init(seconds: longer, processors: $0.processors * more / longer) }
    }

    /// It may take a second and a tenth more than the schedule.
    private static func keptUp(_ summary: RecordedTable.Row) throws(HarnessError) -> Bool {
        guard let offered = try summary.number("offered_per_s"), offered > 0, let sent = try summary.number("sent"),
            let duration = try summary.number("duration_s")
        else { return true }
        return try summary.number("left_in_redis") ?? 0 == 0 && duration <= 1.1 * (sent - 1) / offered + 1
    }

    private static func intervals(
        _ folder: String
    ) throws(HarnessError) -> (course: [ProcessorDemand.Piece], acked: [Int: Double]) {
        var used: [Int: Double] = [:]
        var acked: [Int: Double] = [:]
        for row in try RecordedTable(IntervalRow.fileName, in: folder)?.rows ?? [] {
            guard let second = try row.whole("second") else { continue }
            if let tasks = try row.number("acked") { acked[second, default: 0] += tasks }
            let cpu = (try row.number("cpu_worker_s"), try row.number("cpu_redis_s"))
            guard cpu.0 != nil || cpu.1 != nil else { continue }
            used[second, default: 0] += (cpu.0 ?? 0) + (cpu.1 ?? 0)
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
    fileprivate init?(_ summary: RecordedTable.Row) throws(HarnessError) {
        guard !summary.text("instance").isEmpty else { return nil }
        type = summary.text("instance")
        isHeld = summary.text("is_held") == "true"
        credits = summary.text("credits")
        timeScale = try summary.number("time_scale") ?? 1
        guard timeScale > 0 else { throw .usage("\(summary.path): a time scale is above 0") }
    }
}
