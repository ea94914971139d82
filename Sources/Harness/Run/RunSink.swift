import Foundation
import Messaging
import Processes
import Workload

/// The sink that a run's messages go to: a process of the run's own, or one that was given.
///
/// A private one listens on a unix socket in a temporary folder and keeps its ledger in the run's. When a signal ends it,
/// it is started again on what the ledger has. Its methods belong to the main thread, which children's lives are tied to.
final class RunSink {
    private static let mostStarts = 1_000

    /// Where it is, as workers are told.
    let address: SinkAddress
    /// What a private one writes.
    let files: SinkFiles?
    private let conditions: SinkConditions
    private let seed: UInt64
    private let socketFolder: SocketFolder?
    private let instance: InstanceBox?
    private var process: ChildProcess?
    private var starts = 0
    private(set) var cpuSeconds = 0.0

    /// - Parameters:
    ///   - given: an existing sink; `nil` for a private one.
    ///   - instance: the machine that a private one may be on; `nil` for this one.
    init(
        given: SinkAddress?, conditions: SinkConditions, seed: UInt64, folder: RunFolder, instance: InstanceBox?
    ) throws(HarnessError) {
        self.instance = instance
        self.conditions = conditions
        self.seed = seed
        if let given {
            (address, files, socketFolder) = (given, nil, nil)
            return
        }
        do throws(ProcessError) {
            let made = try SocketFolder("fibq-sink")
            (address, socketFolder) = (.unix(path: "\(made.path)/sink.sock"), made)
        } catch {
            throw .process(error)
        }
        files = SinkFiles(in: folder)
    }

    /// The name of the private one that runs, or ran last.
    var name: String { starts == 1 ? "sink-1" : "sink-1.\(starts)" }

    /// The process id of a private one, while it runs.
    var processID: Int32? {
        guard let process, process.poll() == nil else { return nil }
        return process.processID
    }

    /// Starts a private one.
    func start() throws(ProcessError) {
        guard let files else { return }
        starts += 1
        process = try WorkerFleet.launch(
            ["sink", "--address", "\(address)", "--ledger", files.ledger, "--journal", files.journal(of: name)]
                + ["--quiet", "--seed", "\(seed)"] + conditions.arguments,
            behind: instance?.launcher(for: .sink) ?? [])
    }

    /// True once it has bound its socket, or is not ours to wait for.
    var isReady: Bool {
        guard case .unix(let path) = address, socketFolder != nil else { return true }
        return FileManager.default.fileExists(atPath: path)
    }

    /// Starts a private one again that a signal ended; says with what status when that happened.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when it ended by itself.
    func lookAfter() throws(HarnessError) -> ExitStatus? {
        guard let status = process?.poll() else { return nil }
        note()
        guard case .signalled = status, starts < Self.mostStarts else {
            throw .run("the sink ended with \(status)")
        }
        do throws(ProcessError) { try start() } catch { throw .process(error) }
        return status
    }

    /// Ends a private one.
    func stop(grace: Duration) {
        guard let process else { return }
        if process.poll() == nil { process.stop(grace: grace) }
        note()
    }

    private func note() {
        cpuSeconds += process?.usage?.cpuSeconds ?? 0
        process = nil
    }
}

extension SinkConditions {
    /// These conditions as the options of `fibq sink`.
    var arguments: [String] {
        var arguments = ["--delay", "\(delay)", "--drop", Self.text(ofFraction: dropFraction)]
        if let slow { arguments += ["--slow", "\(slow)"] }
        if let failing { arguments += ["--fail", "\(failing)"] }
        if storage == .memory { arguments += ["--memory"] }
        return arguments
    }
}
