import Foundation
import InstanceLimits
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
        var lines = [Self.creditHeader, Self.line(machine, at: 0.4, used: 0, governor.account, balance: first, "load")]
        var acked: [Int: Double] = [:]
        for tick in 1...Int(machine.seconds * 10) {
            let used = 0.1 * min(machine.appetite, governor.account.allowedProcessors * (1 + machine.leak))
            let balance = governor.tick(after: 0.1, used: used).balance
            acked[Int(0.4 + Double(tick) / 10), default: 0] += used / machine.cpuPerTask
            let told = first + (balance - first) * (1 + machine.misreckoning)
            lines.append(
                Self.line(machine, at: 0.4 + Double(tick) / 10, used: used, governor.account, balance: told, "load"))
        }
        lines.append(
            Self.line(
                machine, at: 0.5 + machine.seconds, used: 0, governor.account, balance: governor.account.balance, "stop"
            ))
        return try write(machine, credits: lines, acked)
    }

    /// Writes a run that was on no instance.
    ///
    /// - Parameter delay: how much longer than its schedule it took.
    func plainRun(
        arrival: String, cpuSeconds: Double, acked: Double, seconds: Int, delay: Double = 0
    ) throws -> String {
        let folder = try make("plain-\(UUID().uuidString.prefix(4))")
        let rate = acked / Double(seconds)
        let summary =
            "1,plain,a,1,\(arrival),\(acked),\(arrival == "backlog" ? "" : "\(rate)"),\(rate),\(cpuSeconds),0,,,,,"
            + "\(acked),\(Double(seconds) + delay),0"
        try "\(Self.summaryHeader)\n\(summary)\n".write(
            toFile: "\(folder)/summary.csv", atomically: true, encoding: .utf8)
        let course = (0..<seconds).map { "1,plain,a,1,\($0),steady,,,\(cpuSeconds / Double(seconds)),0" }
        try ([Self.intervalHeader] + course).joined(separator: "\n").write(
            toFile: "\(folder)/intervals.csv", atomically: true, encoding: .utf8)
        return folder
    }

    /// A folder with this text as one of its files.
    func folder(with text: String, as name: String) throws -> String {
        let folder = try make("other-\(UUID().uuidString.prefix(4))")
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        return folder
    }

    /// An empty folder.
    func emptyFolder() throws -> String { try make("empty-\(UUID().uuidString.prefix(4))") }

    static let summaryHeader =
        "schema_version,run_id,cell_id,repetition,arrival,acked,offered_per_s,acked_per_s,cpu_redis_s,cpu_worker_s,"
        + "instance,is_held,credits,time_scale,sent,duration_s,left_in_redis"
    private static let creditHeader =
        "schema_version,run_id,cell_id,repetition,at_s,used_s,credit_balance,allowed_processors,excess_s,phase"
    private static let intervalHeader =
        "schema_version,run_id,cell_id,repetition,second,phase,task_kind,acked,cpu_worker_s,cpu_redis_s"

    private static func line(
        _ machine: Machine, at: Double, used: Double, _ account: CreditAccount, balance: Double, _ phase: String
    ) -> String {
        "1,run,\(machine.credits),\(machine.repetition),\(at),\(used),\(balance),\(account.allowedProcessors),0,\(phase)"
    }

    private func write(_ machine: Machine, credits: [String], _ acked: [Int: Double]) throws -> String {
        let folder = try make("\(machine.credits)-r\(machine.repetition)")
        let tasks = acked.values.reduce(0, +)
        let offered = machine.arrival == "backlog" ? "" : "\(machine.appetite / machine.cpuPerTask)"
        let summary =
            "1,run,\(machine.credits),\(machine.repetition),\(machine.arrival),\(tasks),\(offered),\(tasks / machine.seconds),,,"
            + "t2.small,true,\(machine.credits),\(machine.timeScale),\(tasks),\(machine.seconds),0"
        let seconds = acked.sorted { $0.key < $1.key }.map { "1,run,a,1,\($0.key),steady,fib-recursive,\($0.value),," }
        for (name, lines) in [
            ("summary.csv", [Self.summaryHeader, summary]), ("credits.csv", credits),
            ("intervals.csv", [Self.intervalHeader] + seconds),
        ] {
            try (lines.joined(separator: "\n") + "\n").write(
                toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        return folder
    }

    private func make(_ name: String) throws -> String {
        let folder = temporary.path(of: name)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}
