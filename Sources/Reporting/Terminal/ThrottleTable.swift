/// Runs on burstable instances against their forecasts and against bars, for a person to read.
///
/// Pure: rows in, text out.
package struct ThrottleTable {
    /// A run.
    package struct Row {
        /// Its name.
        package var run: String
        /// False for a run that was its own forecast, since there was no other.
        package var isForecast: Bool
        /// The instance type.
        package var instance: String
        /// Where its credits began.
        package var credits: String
        /// How many seconds of the account are one that goes by.
        package var timeScale: Double
        /// Processors' worth of time that the type has for ever.
        package var baselineProcessors: Double
        /// Its processors.
        package var processors: Int
        /// True for one that began without credits and was held to what there was.
        package var isEmptyThroughout: Bool
        /// From the beginning of the load to its end.
        package var loadSeconds: Double
        /// Processors' worth of time that was used over the load, by the kernel's account of the group.
        package var share: Double
        /// CPU time of a task.
        package var cpuPerTaskMicroseconds: Double
        /// True for one that got all it asked for at each moment of the load.
        package var isAtFullSpeed: Bool
        /// Throughput, as a part of that of the run with full credits; `nil` where there is none to compare with.
        package var partOfFull: Double?
        /// Credits at the end of the load.
        package var endBalance: (forecast: Double, measured: Double)
        /// How far the two are apart, of the range.
        package var endDifference: Double
        /// The greatest distance at any reading of the load, of the range.
        package var courseDifference: Double
        /// The credits over which the forecast's balance went; at least what came in.
        package var range: Double
        /// When the credits were spent, in seconds of the load; `nil`: never.
        package var spentAfter: (forecast: Double?, measured: Double?)
        /// Tasks a second from then on; `nil` where there were too few seconds.
        package var perSecond: (forecast: Double?, measured: Double?)
        /// The greatest distance between governor and model, of the credits spent.
        package var governorDifference: Double

        /// A row of the given values.
        package init(
            run: String, isForecast: Bool, instance: String, credits: String, timeScale: Double,
            baselineProcessors: Double,
            processors: Int, isEmptyThroughout: Bool, loadSeconds: Double, share: Double,
            cpuPerTaskMicroseconds: Double, isAtFullSpeed: Bool, partOfFull: Double?,
            endBalance: (forecast: Double, measured: Double), endDifference: Double, courseDifference: Double,
            range: Double, spentAfter: (forecast: Double?, measured: Double?),
            perSecond: (forecast: Double?, measured: Double?), governorDifference: Double
        ) {
            self.run = run
            self.isForecast = isForecast
            self.instance = instance
            self.credits = credits
            self.timeScale = timeScale
            self.baselineProcessors = baselineProcessors
            self.processors = processors
            self.isEmptyThroughout = isEmptyThroughout
            self.loadSeconds = loadSeconds
            self.share = share
            self.cpuPerTaskMicroseconds = cpuPerTaskMicroseconds
            self.isAtFullSpeed = isAtFullSpeed
            self.partOfFull = partOfFull
            self.endBalance = endBalance
            self.endDifference = endDifference
            self.courseDifference = courseDifference
            self.range = range
            self.spentAfter = spentAfter
            self.perSecond = perSecond
            self.governorDifference = governorDifference
        }
    }

    /// Something that is claimed of all rows that it is about.
    package struct Bar {
        /// What is claimed.
        package var claim: String
        /// What was found, and whether that is within the bar.
        package var values: [(found: Double, isWithin: Bool)]

        /// A bar of the given values.
        package init(claim: String, values: [(found: Double, isWithin: Bool)]) {
            (self.claim, self.values) = (claim, values)
        }

        /// True when something was found, and all of it is within the bar; `nil` when there was nothing to judge.
        package var holds: Bool? { values.isEmpty ? nil : values.allSatisfy(\.isWithin) }
    }

    /// The runs, in order.
    package var rows: [Row]
    /// What is claimed of them.
    package var bars: [Bar]

    /// A table of these runs.
    package init(rows: [Row], bars: [Bar]) { (self.rows, self.bars) = (rows, bars) }

    /// The claims that don't hold.
    package var missed: [Bar] { bars.filter { $0.holds == false } }

    /// The text, ending with a line break.
    package func render() -> String {
        let table = TitledTable(
            title: "Throttled runs: share of processors over the load's wall time, forecast | measured",
            headings: [
                .text("run"), .text("instance"), .text("credits"), .number("× time"), .number("load"), .number("share"),
                .number("CPU a task"), .number("of full"), .number("ends with"), .number("off"), .number("on the way"),
                .number("spent after"),
                .number("then"), .number("governor off"),
            ],
            rows: rows.map(Self.cells))
        let parts: [String?] = [
            table.rendered ?? table.title, Self.explanation, warning, bars.map(Self.line).joined(separator: "\n"),
        ]
        return parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
    }

    /// What makes a comparison with the runs at full speed doubtful; `nil` when nothing does.
    private var warning: String? {
        let shares = rows.filter(\.isAtFullSpeed).map { $0.share / Double($0.processors) }
        guard let least = shares.min(), least < 0.95 else { return nil }
        return
            "A run at full speed used only \(HumanNumber.percent(least)) of its processors. If other programs of this machine took "
            + "the rest,\nthroughputs can't be compared, and such runs can't be forecast."
    }

    private static let explanation = """
        share: CPU time of all that ran on the instance, by the kernel's account of the group, from the beginning of the load (for
        a backlog, when all tasks are sent and workers start) to its end, when the deadline has passed or the queue is empty.
        off: of the range over which the forecast's balance went during the load, and no less than what came in meanwhile.
        spent: a hundredth of the last stretch, in which a machine slows down, is left. governor off: of the credits spent.
        """

    private static func cells(of row: Row) -> [String] {
        func pair(_ values: (forecast: Double?, measured: Double?), _ text: (Double) -> String) -> String {
            values.forecast == nil && values.measured == nil
                ? "–" : "\(values.forecast.map(text) ?? "–") | \(values.measured.map(text) ?? "–")"
        }
        return [
            row.run, row.instance, row.credits, HumanNumber.number(row.timeScale), "\(row.loadSeconds.fixed(1)) s",
            "\((row.share * 100).fixed(2)) %", HumanNumber.time(microseconds: row.cpuPerTaskMicroseconds),
            row.partOfFull?.fixed(3) ?? "–",
            pair((row.endBalance.forecast, row.endBalance.measured)) { $0.fixed(3) },
            "\((row.endDifference * 100).fixed(2)) %", "\((row.courseDifference * 100).fixed(2)) %",
            pair(row.spentAfter) { "\($0.fixed(1)) s" }, pair(row.perSecond) { HumanNumber.rate($0) },
            "\((row.governorDifference * 100).fixed(3)) %",
        ]
    }

    private static func line(of bar: Bar) -> String {
        guard let least = bar.values.map(\.found).min(), let greatest = bar.values.map(\.found).max() else {
            return "nothing to judge: \(bar.claim)"
        }
        let missed = bar.values.count { !$0.isWithin }
        let verdict = missed == 0 ? "holds" : "missed by \(missed) of \(bar.values.count)"
        let found = least == greatest ? least.fixed(4) : "\(least.fixed(4)) to \(greatest.fixed(4))"
        return "\(verdict): \(bar.claim): \(found) (runs: \(bar.values.count))"
    }
}
