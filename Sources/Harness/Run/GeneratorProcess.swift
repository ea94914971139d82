import Measurement
import Processes
import ReliableQueue
import Workload

/// The process that sends a run's tasks. It belongs to the main thread, which children's lives are tied to.
///
/// One that a fault killed is followed by another, which sends what is left of the plan at the same pace, as a producer of
/// its own: nobody knows of the last batch of the first whether Redis had it.
final class GeneratorProcess {
    private let scenario: Scenario
    private let folder: RunFolder
    private let queueArguments: [String]
    private let replicas: Int
    private let isReplaced: Bool
    private let instance: InstanceBox?
    private var process: ChildProcess?
    private var incarnation = 0
    private(set) var cpuSeconds = 0.0
    /// Where the next one is to hit itself, by its name; asked at each start.
    var probe: (_ name: String) -> String? = { _ in nil }

    /// - Parameters:
    ///   - replicas: how many replicas must have a task before it counts as sent.
    ///   - isReplaced: whether one that a signal ended is followed by another.
    ///   - instance: the machine that it may be on; `nil` for this one.
    init(
        _ scenario: Scenario, folder: RunFolder, queueArguments: [String], replicas: Int, isReplaced: Bool,
        instance: InstanceBox?
    ) {
        self.instance = instance
        self.replicas = replicas
        self.scenario = scenario
        self.folder = folder
        self.queueArguments = queueArguments
        self.isReplaced = isReplaced
    }

    /// The name of the one that runs, or ran last.
    var name: String { "load-\(incarnation)" }

    /// True while it sends.
    var isRunning: Bool { processID != nil }

    /// Its process id, while it sends.
    var processID: Int32? {
        guard let process, process.poll() == nil else { return nil }
        return process.processID
    }

    /// Starts it.
    func start() throws {
        let sent = try sentSoFar()
        incarnation += 1
        // The same seed would give the next one the same tasks again.
        let seed = scenario.seed &+ UInt64(incarnation - 1)
        var arguments =
            ["load", "--name", name, "--journals", folder.path] + queueArguments + [
                "--mix", "\(scenario.mix)", "--arrival", "\(scenario.arrival)", "--seed", "\(seed)", "--force",
                "--producer-keeps", "\(scenario.producerKeeps)", "--replicas", "\(replicas)",
            ]
        if incarnation == 1 {
            if let tasks = scenario.tasks { arguments += ["--tasks", "\(tasks)"] }
            if scenario.arrival != .backlog, let duration = scenario.duration {
                arguments += ["--duration", duration.textWithUnit]
            }
        } else {
            arguments += ["--tasks", "\(max(1, try plannedTasks() - sent))"]
        }
        if let probe = probe(name) { arguments += ["--probe", probe] }
        process = try WorkerFleet.launch(arguments, behind: instance?.launcher(for: .load) ?? [])
    }

    /// True once everything was sent. Starts another one where one was killed, if that is the plan.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when it ended otherwise.
    func isDone() throws -> Bool {
        guard let process, let status = process.poll() else { return false }
        if status == .exited(0) { return true }
        guard isReplaced, case .signalled = status else {
            throw HarnessError.run("the generator ended with \(status)")
        }
        cpuSeconds += process.usage?.cpuSeconds ?? 0
        if try plannedTasks() <= sentSoFar() { return true }
        try start()
        return false
    }

    /// Tasks on record as sent, or about to be.
    func sentSoFar() throws -> UInt64 {
        try folder.files(endingWith: SlotJournals.enqueuesSuffix).reduce(0) { sum, path in
            sum + UInt64(try JournalReader<EnqueueRecord>.openingMade(path)?.count ?? 0)
        }
    }

    private func plannedTasks() throws -> UInt64 {
        let plan = try TaskPlan(
            mix: scenario.mix, arrival: scenario.arrival, tasks: scenario.tasks, duration: scenario.duration,
            seed: scenario.seed)
        return plan.reduce(0) { count, _ in count + 1 }
    }

    /// Sends it a signal.
    func send(signal: Int32) { process?.send(signal: signal) }

    /// Ends it, if it still runs.
    func stop(grace: Duration) {
        guard let process else { return }
        if process.poll() == nil { process.stop(grace: grace) }
        cpuSeconds += process.usage?.cpuSeconds ?? 0
        self.process = nil
    }
}
