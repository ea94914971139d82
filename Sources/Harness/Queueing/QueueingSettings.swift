import Measurement

/// Everything that a study of waits is told.
package struct QueueingSettings: Sendable {
    /// The utilisations that are aimed at, each from 0.01 to 0.95.
    package var loads = [0.5, 0.7, 0.9]
    /// How many tasks each run has at least.
    package var tasks = 100_000
    /// How long a task sleeps on average.
    package var service: Duration = .milliseconds(5)
    /// How many runs go on at the same time; `nil` for all.
    package var parallel: Int?
    /// The seed of everything random.
    package var seed: UInt64 = 1
    /// The study's own folder; `nil` is `results/<run id>`.
    package var output: String?
    /// For the manifests.
    package var commandLine: [String] = []

    /// Chance alone shall make no run's ratio of measured to predicted more wrong than that: one standard error. It lets a study
    /// of the defaults end in some twenty minutes.
    package static let standardError = 0.032

    /// The defaults.
    package init() {}

    /// A run of the study.
    package struct Point: Sendable, Equatable {
        /// Which queue.
        package let model: QueueModel
        /// The utilisation that is aimed at.
        package let load: Double
        /// How many tasks.
        package let tasks: Int
        /// Its cell and its folder, such as `md1-50`.
        package var cell: String { "\(model.shortName)-\(HundredthsText.of(load))" }
    }

    /// The runs, the longest first: each with at least ``tasks``, and as many as bring chance down to ``standardError``, in
    /// whole thousands.
    package var points: [Point] {
        loads.sorted(by: >).flatMap { load in
            [QueueModel.exponential, .fixed].map { model in
                let queue = SingleServerQueue(arrivalRate: load, service: model.serviceTime(mean: 1))
                let ofOne = queue.relativeError(tasks: 1) ?? 0
                let needed = (ofOne * ofOne / (Self.standardError * Self.standardError) / 1_000).rounded(.up) * 1_000
                // Fewer for a mere trial of the machinery.
                let isTrial = tasks < Self.leastTasksOfStudy
                return Point(model: model, load: load, tasks: isTrial ? tasks : max(tasks, Int(needed)))
            }
        }
    }

    /// With fewer tasks a study is a trial: each run has as many as were asked for, whatever chance makes of it.
    private static let leastTasksOfStudy = 100_000

    /// Throws ``HarnessError/usage(_:)`` for what makes no sense.
    package func validate() throws(HarnessError) {
        guard !loads.isEmpty, loads.allSatisfy({ $0 >= 0.01 && $0 <= 0.95 }),
            Set(loads.map(HundredthsText.of)).count == loads.count
        else {
            throw .usage("--loads takes percentages from 1 to 95, each once, such as 50,70,90")
        }
        guard (100...10_000_000).contains(tasks) else {
            throw .usage("--tasks takes a number from 100 to 10000000, not \(tasks)")
        }
        guard service >= .milliseconds(1), service <= .seconds(1) else {
            throw .usage("--service is from 1ms to 1s: a shorter one is all exchange with Redis and waking up")
        }
        guard parallel.map({ (1...64).contains($0) }) ?? true else {
            throw .usage("--parallel takes a number from 1 to 64")
        }
    }
}

/// A share as hundredths, such as `50` or `92.5`.
enum HundredthsText {
    static func of(_ share: Double) -> String {
        let tenths = Int((share * 1_000).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
