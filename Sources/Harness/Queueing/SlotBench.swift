import Foundation
import Measurement
import Reporting
import Workload

/// Runs of one worker with one slot, which takes one task at a time: the set-up whose waits are known.
struct SlotBench {
    let service: Duration
    let runs: ParallelRuns
    let seed: UInt64
    private static let tasksOfCalibration = 400

    /// How often the worker's monitor looks. Nobody dies, so there is nothing for it to do but disturb.
    static let monitorInterval = Duration.seconds(10)

    /// What makes a run's worker a queue's one server.
    static let arguments = [
        "--workers", "1", "--slots", "1", "--claim", "1", "--monitor-interval", monitorInterval.textWithUnit,
    ]

    /// The mean time for which a task of fixed length occupies the slot, in seconds, by backlogs that so many slots work off
    /// at the same time; `nil` when it was interrupted. Their folders are removed.
    func calibrate(in folder: RunFolder, name: String) throws -> Double? {
        let mix = try QueueModel.fixed.mix(service: service)
        let jobs = (1...runs.parallel).map { index in
            job("\(folder.path)/\(name)-\(index)", mix, .backlog, tasks: Self.tasksOfCalibration, seed: seed)
        }
        defer { for job in jobs { try? FileManager.default.removeItem(atPath: job.folder) } }
        guard try runs.make(jobs) else { return nil }
        let means = try jobs.map { job in
            let visits = try SlotAccount.Visit.all(in: try Self.existing(job.folder))
            guard let first = visits.first, let last = visits.last, visits.count > 1 else {
                throw HarnessError.run("the calibration in \(job.folder) ran nothing")
            }
            return Double(last.finished - first.finished) / 1e9 / Double(visits.count - 1)
        }
        return means.reduce(0, +) / Double(means.count)
    }

    /// A run of those tasks.
    func job(_ folder: String, _ mix: TaskMix, _ arrival: ArrivalProcess, tasks: Int, seed: UInt64) -> ParallelRuns.Job
    {
        ParallelRuns.Job(
            folder: folder,
            arguments: Self.arguments + [
                "--mix", "\(mix)", "--arrival", "\(arrival)", "--tasks", "\(tasks)", "--seed", "\(seed)",
            ])
    }

    /// The folder of a run that has ended.
    static func existing(_ path: String) throws(HarnessError) -> RunFolder {
        guard let folder = RunFolder(existing: path) else {
            throw .file(path: path, reason: "the run left no folder")
        }
        return folder
    }
}
