import Foundation
import InstanceLimits
import Measurement
import Reporting
import TestSupport

/// Folders of runs that never were: a machine with credits that is simulated, tick by tick.
final class RecordedRunFixture {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    /// What is simulated.
    struct Machine {
        /// Where its credits begin.
        var credits: String
        var repetition = 1
        var timeScale = 120.0
        var seconds = 30.0
        /// Processor time of a task.
        var cpuPerTask = 0.0005
        /// How much more it uses than it is allowed.
        var leak = 0.0
        /// By how much the governor's balances differ from the account's.
        var misreckoning = 0.0
        var arrival = "backlog"
        /// The most that its work asks for, in processors.
        var appetite = 1.0
    }

    /// Writes the run of a t2.small, and returns its folder.
    func run(_ machine: Machine) throws -> String {
        let terms = try InstanceCatalogue.builtIn["t2.small"].credits
        guard let terms, let start = CreditAccount.Start(machine.credits) else { throw CocoaError(.coderInvalidValue) }
        var governor = Governor(CreditAccount(terms, start), timeScale: machine.timeScale, grip: .holds)
        let first = governor.account.balance
        var readings = [Self.reading(machine, at: 0.4, used: 0, governor.account, balance: first, .load)]
        var acked: [Int: Double] = [:]
        for tick in 1...Int(machine.seconds * 10) {
            let used = 0.1 * min(machine.appetite, governor.account.allowedProcessors * (1 + machine.leak))
            let balance = governor.tick(after: 0.1, used: used).balance
            acked[Int(0.4 + Double(tick) / 10), default: 0] += used / machine.cpuPerTask
            let told = first + (balance - first) * (1 + machine.misreckoning)
            readings.append(
                Self.reading(machine, at: 0.4 + Double(tick) / 10, used: used, governor.account, balance: told, .load))
        }
        readings.append(
            Self.reading(
                machine, at: 0.5 + machine.seconds, used: 0, governor.account, balance: governor.account.balance, .stop)
        )
        let folder = try make("\(machine.credits)-r\(machine.repetition)")
        try CSVWriter.write([Self.summary(of: machine, tasks: acked.values.reduce(0, +))], into: folder)
        try CSVWriter.write(readings, into: folder)
        try CSVWriter.write(acked.sorted { $0.key < $1.key }.map(Self.second), into: folder)
        return folder
    }

    /// Writes a run that was on no instance.
    ///
    /// - Parameter delay: how much longer than its schedule it took.
    func plainRun(
        arrival: String, cpuSeconds: Double, acked: Int, seconds: Int, delay: Double = 0
    ) throws -> String {
        let folder = try make("plain-\(UUID().uuidString.prefix(4))")
        var row = SummaryRow(blank: Self.key, parameters: [])
        row.setup.arrival = arrival
        (row.counts.sent, row.counts.acked, row.counts.leftInRedis) = (acked, acked, 0)
        row.pace.durationSeconds = Double(seconds) + delay
        row.pace.ackedPerSecond = Double(acked) / Double(seconds)
        row.pace.offeredPerSecond = arrival == "backlog" ? nil : row.pace.ackedPerSecond
        row.cost.redisCPUSeconds = cpuSeconds
        try CSVWriter.write([row], into: folder)
        let course = (0..<seconds).map { second in
            var sample = MachineInterval.blank
            (sample.workerCPUSeconds, sample.redisCPUSeconds) = (cpuSeconds / Double(seconds), 0)
            return IntervalRow(key: Self.key, second: second, phase: .steady, content: .machine(sample))
        }
        try CSVWriter.write(course, into: folder)
        return folder
    }

    /// A folder with this text as one of its files.
    func folder(with text: String, as name: String) throws -> String {
        let folder = try make("other-\(UUID().uuidString.prefix(4))")
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        return folder
    }

    /// A folder with the row of a run that did nothing, changed as told.
    func summary(_ change: (inout SummaryRow) -> Void) throws -> String {
        var row = SummaryRow(blank: Self.key, parameters: [])
        change(&row)
        return try folder(
            with: CSVText.header(of: SummaryRow.self) + CSVText.line(of: row), as: SummaryRow.fileName)
    }

    /// An empty folder.
    func emptyFolder() throws -> String { try make("empty-\(UUID().uuidString.prefix(4))") }

    private static let key = RunKey(runID: "run", cellID: "a", repetition: 1)

    private static func reading(
        _ machine: Machine, at: Double, used: Double, _ account: CreditAccount, balance: Double, _ phase: CreditPhase
    ) -> CreditRow {
        CreditRow(
            key: RunKey(runID: "run", cellID: machine.credits, repetition: machine.repetition), instance: "t2.small",
            timeScale: machine.timeScale, atSeconds: at, usedSeconds: used, balance: balance,
            allowedProcessors: account.allowedProcessors, excessSeconds: 0, throttledSeconds: nil, surplusUSD: 0,
            phase: phase)
    }

    private static func summary(of machine: Machine, tasks: Double) -> SummaryRow {
        var row = SummaryRow(
            blank: RunKey(runID: "run", cellID: machine.credits, repetition: machine.repetition), parameters: [])
        row.setup.arrival = machine.arrival
        row.setup.instance = .init(
            type: "t2.small", isHeld: true, credits: machine.credits, timeScale: machine.timeScale)
        (row.counts.sent, row.counts.acked) = (Int(tasks.rounded()), Int(tasks.rounded()))
        row.counts.leftInRedis = 0
        row.pace.durationSeconds = machine.seconds
        row.pace.ackedPerSecond = tasks / machine.seconds
        row.pace.offeredPerSecond = machine.arrival == "backlog" ? nil : machine.appetite / machine.cpuPerTask
        return row
    }

    private static func second(_ second: Int, acked: Double) -> IntervalRow {
        var figures = TaskInterval.blank
        figures.acked = Int(acked.rounded())
        return IntervalRow(
            key: key, second: second, phase: .steady, content: .tasks(kind: "fib-recursive", figures))
    }

    private func make(_ name: String) throws -> String {
        let folder = temporary.path(of: name)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}
