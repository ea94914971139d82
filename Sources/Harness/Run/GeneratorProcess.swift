import Measurement
import Processes
import ReliableQueue
import Workload

/// A process that sends a run's tasks, or its part of them. It belongs to the main thread, which children's lives are tied to.
///
/// One that a fault killed is followed by another, which sends what is left of the plan at the same pace, as a producer of
/// its own: nobody knows of the last batch of the first whether Redis had it.
final class GeneratorProcess {
    private let scenario: Scenario
    private let part: GeneratorPart
    private let folder: RunFolder
    private let queueArguments: [String]
    private let replicas: Int
    private let isReplaced: Bool
    private let instance: InstanceBox?
    private var process: ChildProcess?
    private var incarnation = 0
    /// True once its part was sent.
    private var isOver = false
    private(set) var cpuSeconds = 0.0
    /// Where the next one is to hit itself, by its name; asked at each start.
    var probe: (_ name: String) -> String? = { _ in nil }

    /// - Parameters:
    ///   - replicas: how many replicas must have a task before it counts as sent.
    ///   - isReplaced: whether one that a signal ended is followed by another.
    ///   - instance: the machine that it may be on; `nil` for this one.
    init(
        _ scenario: Scenario, _ part: GeneratorPart, folder: RunFolder, queueArguments: [String], replicas: Int,
        isReplaced: Bool,
        instance: InstanceBox?
    ) {
        self.instance = instance
        self.part = part
        self.replicas = replicas
        self.scenario = scenario
        self.folder = folder
        self.queueArguments = queueArguments
        self.isReplaced = isReplaced
    }

    /// The name of the one that runs, or ran last.
    var name: String { "\(seat)\(incarnation)" }

    /// What the names of all that take this one's place begin with.
    private var seat: String { part.count == 1 ? "load-" : "load-\(part.number)." }

    /// True while it sends.
    var isRunning: Bool { processID != nil }

    /// Its process id, while it sends.
    var processID: Int32? {
        guard let process, process.poll() == nil else { return nil }
        return process.processID
    }

    /// Starts it.
    ///
    /// - Parameter instant: when its schedule begins, in nanoseconds of the monotonic clock; `nil` for as soon as it can.
    func start(at instant: UInt64? = nil) throws {
        let sent = try sentSoFar()
        incarnation += 1
        // The same seed would give the next one the same tasks again.
        let seed = scenario.seed &+ UInt64(incarnation - 1)
        var arguments =
            ["load", "--name", name, "--journals", folder.path] + queueArguments + [
                "--mix", "\(scenario.mix)", "--arrival", "\(scenario.arrival)", "--seed", "\(seed)", "--force",
                "--producer-keeps", "\(scenario.producerKeeps)", "--replicas", "\(replicas)",
            ]
        if let payload = scenario.payload { arguments += ["--payload", "\(payload)"] }
        if let instant { arguments += ["--start-at", "\(instant)"] }
        if incarnation == 1 {
            if part.count > 1 { arguments += ["--part", "\(part)"] }
            if let tasks = scenario.tasks { arguments += ["--tasks", "\(tasks)"] }
            if scenario.arrival != .backlog, let duration = scenario.duration {
                arguments += ["--duration", duration.textWithUnit]
            }
        } else {
            arguments += ["--tasks", "\(max(1, try plannedTasks() - min(sent, plannedTasks())))"]
        }
        if let probe = probe(name) { arguments += ["--probe", probe] }
        process = try WorkerFleet.launch(arguments, behind: instance?.launcher(for: .load) ?? [])
    }

    /// True once everything was sent. Starts another one where one was killed, if that is the plan.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when it ended otherwise.
    func isDone() throws -> Bool {
        if isOver { return true }
        guard let process, let status = process.poll() else { return false }
        if status == .exited(0) {
            isOver = true
            return true
        }
        guard isReplaced, case .signalled = status else {
            throw HarnessError.run("the generator ended with \(status)")
        }
        cpuSeconds += process.usage?.cpuSeconds ?? 0
        self.process = nil
        if try plannedTasks() <= sentSoFar() {
            isOver = true
            return true
        }
        try start()
        return false
    }

    /// Tasks on record as sent, or about to be.
    func sentSoFar() throws -> UInt64 {
        try folder.files(endingWith: SlotJournals.enqueuesSuffix).reduce(0) { sum, path in
            guard path.hasPrefix("\(folder.path)/\(seat)") else { return sum }
            return sum + UInt64(try JournalReader<EnqueueRecord>.openingMade(path)?.count ?? 0)
        }
    }

    /// A closed loop without a number of tasks is over when the one that was sending is.
    private func plannedTasks() throws -> UInt64 { UInt64(try scenario.plannedTasks(part) ?? 0) }

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
