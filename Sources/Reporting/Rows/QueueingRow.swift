/// A row of `queueing.csv`: what a queue with one slot did, and what the theory of queues says of it.
package struct QueueingRow: CSVTable, Sendable, Equatable {
    package static let fileName = "queueing.csv"
    package static let rowMeaning =
        "a run of `fibq queueing`: one worker, one slot, tasks that sleep, arrivals at random"

    /// How far measured and predicted may be apart.
    package static let tolerance = 0.1

    /// A wait as it was predicted and as it was measured, in microseconds.
    package struct Wait: Sendable, Equatable {
        /// By the model; `nil` where it has none, such as for a slot that does not keep up.
        package var predicted: Double?
        /// By the journals.
        package var measured: Double

        /// A wait of the given values.
        package init(predicted: Double?, measured: Double) {
            (self.predicted, self.measured) = (predicted, measured)
        }

        /// Measured ÷ predicted; `nil` without a prediction, and where nothing was to be waited for.
        package var ratio: Double? { predicted.flatMap { $0 > 0 ? measured / $0 : nil } }
    }

    package var key: RunKey
    package var model: String
    package var load: Double
    package var tasks: Int
    package var arrivalsPerSecond: Double
    package var occupancyMicroseconds: Double
    package var occupancySecondMoment: Double
    package var utilisation: Double
    /// The mean.
    package var mean: Wait
    /// The 99th percentile.
    package var p99: Wait
    package var standardError: Double?
    package var queueWaitMicroseconds: Double
    package var pickUpMicroseconds: Double
    package var setUpMicroseconds: Double
    package var predictedWithSetUp: Double?
    package var busyShare: Double
    package var predictedBusyShare: Double?
    package var scheduleLagP99: Double?

    /// A row of the given values.
    package init(
        key: RunKey, model: String, load: Double, tasks: Int, arrivalsPerSecond: Double, occupancyMicroseconds: Double,
        occupancySecondMoment: Double, utilisation: Double, mean: Wait, p99: Wait, standardError: Double?,
        queueWaitMicroseconds: Double, pickUpMicroseconds: Double, setUpMicroseconds: Double,
        predictedWithSetUp: Double?, busyShare: Double, predictedBusyShare: Double?, scheduleLagP99: Double?
    ) {
        self.key = key
        self.model = model
        self.load = load
        self.tasks = tasks
        self.arrivalsPerSecond = arrivalsPerSecond
        self.occupancyMicroseconds = occupancyMicroseconds
        self.occupancySecondMoment = occupancySecondMoment
        self.utilisation = utilisation
        self.mean = mean
        self.p99 = p99
        self.standardError = standardError
        self.queueWaitMicroseconds = queueWaitMicroseconds
        self.pickUpMicroseconds = pickUpMicroseconds
        self.setUpMicroseconds = setUpMicroseconds
        self.predictedWithSetUp = predictedWithSetUp
        self.busyShare = busyShare
        self.predictedBusyShare = predictedBusyShare
        self.scheduleLagP99 = scheduleLagP99
    }

    /// Measured ÷ predicted where a task that finds the slot idle needs a set-up.
    package var ratioWithSetUp: Double? { Wait(predicted: predictedWithSetUp, measured: mean.measured).ratio }

    /// Variance ÷ mean² of the occupancies: 0 for M/D/1 and 1 for M/M/1, if nothing but the tasks has the machine.
    package var occupancyVariation: Double {
        let mean = occupancyMicroseconds / 1e6
        return mean > 0 ? max(0, occupancySecondMoment / (mean * mean) - 1) : 0
    }

    /// Whether the mean wait is within ``tolerance`` of the prediction; `nil` without one.
    package var isWithinTolerance: Bool? { mean.ratio.map((1 - Self.tolerance...1 + Self.tolerance).contains) }

    package static let attributes: [CSVAttribute<QueueingRow>] = [
        CSVAttribute(
            "model", .text, \.model,
            "`M/D/1`: all tasks sleep equally long; `M/M/1`: exponentially distributed"),
        CSVAttribute("load", .share, \.load, "utilisation that was aimed at"),
        CSVAttribute("tasks", .tasks, \.tasks, "tasks measured"),
        CSVAttribute("arrivals_per_s", .perSecond, \.arrivalsPerSecond, "rate at which they were sent"),
        CSVAttribute(
            "occupancy_us", .microseconds, \.occupancyMicroseconds,
            "mean time for which a task occupied the slot: from the end of the one before it to its own end, for tasks that had been sent by then"
        ),
        CSVAttribute(
            "occupancy_second_moment_s2", .secondsSquared, \.occupancySecondMoment, "mean of the squares of these times"
        ),
        CSVAttribute("utilisation", .ratio, \.utilisation, "arrivals_per_s × occupancy_us"),
        CSVAttribute(
            "predicted_wait_us", .microseconds, \.mean.predicted,
            "mean wait by Pollaczek and Khinchine, λ·E[S²] ÷ 2(1 − ρ), from the four columns before; empty from a utilisation of 1 on"
        ),
        CSVAttribute(
            "measured_wait_us", .microseconds, \.mean.measured,
            "mean time from a task's sending until the one before it had ended; 0 for a task sent later"),
        CSVAttribute("wait_ratio", .ratio, derived: \.mean.ratio, "measured_wait_us ÷ predicted_wait_us"),
        CSVAttribute(
            "is_within_10_percent", .truth, derived: \.isWithinTolerance, "whether that is from 0.9 to 1.1"),
        CSVAttribute(
            "standard_error", .ratio, \.standardError,
            "what wait_ratio is off by chance alone: one standard error of so many tasks"),
        CSVAttribute(
            "predicted_wait_p99_us", .microseconds, \.p99.predicted,
            "99th percentile of the wait in the model, from utilisation and occupancy_us"),
        CSVAttribute("measured_wait_p99_us", .microseconds, \.p99.measured, "99th percentile of the measured wait"),
        CSVAttribute("wait_p99_ratio", .ratio, derived: \.p99.ratio, "measured_wait_p99_us ÷ predicted_wait_p99_us"),
        CSVAttribute(
            "queue_wait_us", .microseconds, \.queueWaitMicroseconds,
            "mean `queue_wait` as in `latency.csv`: measured_wait_us, and the picking up"),
        CSVAttribute(
            "pick_up_us", .microseconds, \.pickUpMicroseconds,
            "mean time from the end of the task before to the start, for tasks that had been sent by then: the exchange with Redis; part of occupancy_us"
        ),
        CSVAttribute(
            "set_up_us", .microseconds, \.setUpMicroseconds,
            "by how much longer that takes, from the sending on, for a task that finds the slot idle: the enqueue, and the waking of the worker"
        ),
        CSVAttribute(
            "predicted_wait_with_set_up_us", .microseconds, \.predictedWithSetUp,
            "mean wait by Welch's formula, where such a task occupies the slot for longer by the set-up as measured"),
        CSVAttribute("wait_ratio_with_set_up", .ratio, derived: \.ratioWithSetUp, "measured_wait_us ÷ that"),
        CSVAttribute("busy_share", .share, \.busyShare, "share of tasks that were sent while the slot was occupied"),
        CSVAttribute(
            "predicted_busy_share", .share, \.predictedBusyShare,
            "the same by the model with set-up: (ρ + λ·set-up) ÷ (1 + λ·set-up)"),
        CSVAttribute(
            "schedule_lag_p99_us", .microseconds, \.scheduleLagP99, "how late the generator was, 99th percentile"),
        CSVAttribute(
            "occupancy_variation", .ratio, derived: \.occupancyVariation,
            "variance of the occupancies ÷ their mean²: about 0 for M/D/1 and 1 for M/M/1, unless something else has the processors"
        ),
    ]
}
