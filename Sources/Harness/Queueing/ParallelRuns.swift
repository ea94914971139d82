import Glibc
import Measurement
import Processes
import ReliableQueue

/// Makes runs in processes of their own, some at the same time: what a slot does that sleeps needs no processor, so that its
/// neighbours are none of its business.
///
/// It must be used on the process' main thread, which its children's lives are tied to.
struct ParallelRuns {
    private static let grace = Duration.seconds(30)

    /// A run: its folder, and what `fibq run` is told besides.
    struct Job {
        let folder: String
        let arguments: [String]
    }

    /// How many go on at the same time.
    let parallel: Int
    let stop: StopSignal

    /// Makes them all, and waits for their ends; `ended` hears of each.
    ///
    /// - Returns: false when `stop` was set before all had ended.
    /// - Throws: ``HarnessError/run(_:)`` when one fails; then the others are ended, too.
    func make(_ jobs: [Job], ended: (Job) -> Void = { _ in }) throws -> Bool {
        let nowhere = try FileDescriptor(opening: "/dev/null", flags: O_WRONLY)
        var waiting = jobs[...]
        var running: [(job: Job, process: ChildProcess)] = []
        defer { end(running.map(\.process)) }
        while !waiting.isEmpty || !running.isEmpty {
            while running.count < parallel, let job = waiting.popFirst() {
                let arguments = ["run", "--out", job.folder, "--quiet"] + job.arguments
                let process = try ChildProcess(
                    executable: ExecutableSearch.path(of: "setpriv"),
                    arguments: ["--pdeathsig", "KILL"] + ParentGuard.launcher() + [ExecutableSearch.current]
                        + arguments,
                    standardOutput: nowhere.number)
                running.append((job, process))
            }
            if stop.wait(upTo: .milliseconds(50)) { return false }
            for (job, process) in running {
                guard let status = process.poll() else { continue }
                guard status == .exited(0) else {
                    throw HarnessError.run("the run in \(job.folder) ended with \(status)")
                }
                running.removeAll { $0.job.folder == job.folder }
                ended(job)
            }
        }
        return true
    }

    /// Asks them to end, all at once, and waits until they have.
    private func end(_ processes: [ChildProcess]) {
        for process in processes { process.send(signal: SIGTERM) }
        for process in processes { process.stop(grace: Self.grace) }
    }
}
