import Measurement
import Workload

/// What one kind of task cost in one role: wall = CPU + I/O wait + other wait + residual.
struct Cost {
    var tasks = 0
    var apportionedTasks = 0
    /// Nanoseconds.
    var wall = 0.0
    var cpu = 0.0
    var ioWait = 0.0
    var otherWait = 0.0
    var roundTrips = 0.0
    var commands = 0.0
    var bytesOut = 0.0
    var bytesIn = 0.0
    var voluntary = 0.0
    var involuntary = 0.0
    var grpcCalls: UInt64 = 0
    var grpcBytesOut: UInt64 = 0
    var grpcBytesIn: UInt64 = 0

    var residual: Double { wall - cpu - ioWait - otherWait }

    /// Adds a share of a cycle's round trip with Redis: its wait is the time that the thread neither ran nor wanted to.
    mutating func addExchange(of cycle: CycleRecord, share: Double) {
        wall += Double(cycle.exchangeWall) * share
        cpu += Double(cycle.exchangeCPU) * share
        otherWait += Double(cycle.exchangeRunDelay) * share
        let idle = Double(cycle.exchangeWall) - Double(cycle.exchangeCPU) - Double(cycle.exchangeRunDelay)
        ioWait += max(0, idle) * share
        roundTrips += Double(cycle.roundTrips) * share
        commands += Double(cycle.commands) * share
        bytesOut += Double(cycle.bytesOut) * share
        bytesIn += Double(cycle.bytesIn) * share
        voluntary += Double(cycle.voluntary) * share
        involuntary += Double(cycle.involuntary) * share
    }

    /// Adds the gRPC calls that an attempt made.
    mutating func addCalls(of attempt: AttemptRecord) {
        grpcCalls += UInt64(attempt.grpcCalls)
        grpcBytesOut += UInt64(attempt.grpcBytesOut)
        grpcBytesIn += UInt64(attempt.grpcBytesIn)
    }
}

/// Adds up what tasks cost, by kind and role.
///
/// A claim's round trip is shared evenly by its tasks. Of its execution, tasks that were measured one by one have their
/// own figures, and the others share what is left in proportion to their time.
struct CostAccount {
    private(set) var workers: [TaskKind: Cost] = [:]
    private(set) var generators: [TaskKind: Cost] = [:]

    /// Adds one slot's journals.
    mutating func add(_ journals: WorkerJournals) {
        var start = 0
        while start < journals.attempts.count {
            let cycle = journals.attempts[start].cycle
            var end = start + 1
            while end < journals.attempts.count, journals.attempts[end].cycle == cycle { end += 1 }
            addClaim(journals, start..<end)
            start = end
        }
    }

    /// Adds one generator's journals: each batch's round trip is shared evenly by its tasks.
    mutating func add(_ journals: GeneratorJournals) {
        journals.enqueues.forEach { _, record in
            guard let kind = TaskKind(rawValue: record.kind), record.batch >= 1,
                Int(record.batch) <= journals.cycles.count
            else { return }
            let cycle = journals.cycles[Int(record.batch) - 1]
            generators[kind, default: Cost()].tasks += 1
            generators[kind]?.apportionedTasks += cycle.tasks > 1 ? 1 : 0
            generators[kind]?.addExchange(of: cycle, share: 1 / Double(max(1, cycle.tasks)))
        }
    }

    private mutating func addClaim(_ journals: WorkerJournals, _ range: Range<Int>) {
        let attempts = range.map { journals.attempts[$0] }.filter { $0.finished != 0 }
        guard let first = attempts.first else { return }
        let cycle = journals.cycle(of: first)
        let rest = SharedExecution(cycle, attempts)
        for attempt in attempts {
            guard let kind = TaskKind(rawValue: attempt.kind) else { continue }
            var cost = workers[kind] ?? Cost()
            cost.tasks += 1
            cost.addCalls(of: attempt)
            // Its computing is a share of what serves all messages.
            if kind == .message { cost.apportionedTasks += 1 }
            cost.addExchange(of: cycle, share: 1 / Double(attempts.count))
            rest.addExecution(of: attempt, to: &cost)
            workers[kind] = cost
        }
    }
}

/// What running a claim's tasks took beyond those that were measured one by one. The others share it, apart from what
/// they waited, in proportion to the time that they were not waiting; where there are none, all do, since it is what
/// measuring them cost.
private struct SharedExecution {
    private var wall: Double
    private var cpu: Double
    private var runDelay: Double
    /// The time in which the tasks that share it did not wait.
    private var busyTime = 0.0
    /// The part of the time that tasks say they waited in which the thread neither ran nor wanted to.
    private var idleShare = 1.0
    private let isSharedByAll: Bool
    private let isAlone: Bool

    init(_ cycle: CycleRecord, _ attempts: [AttemptRecord]) {
        wall = Double(cycle.executeWall)
        cpu = Double(cycle.executeCPU)
        runDelay = Double(cycle.executeRunDelay)
        isAlone = attempts.count == 1
        isSharedByAll = attempts.allSatisfy { $0.flags.contains(.measuredIndividually) }
        for attempt in attempts where attempt.flags.contains(.measuredIndividually) {
            wall -= Double(attempt.wall)
            cpu -= Double(attempt.cpu)
            runDelay -= Double(attempt.runDelay)
        }
        (wall, cpu, runDelay) = (max(0, wall), max(0, cpu), max(0, runDelay))
        let sharing = attempts.filter(shares)
        let waited = sharing.reduce(0) { $0 + self.waited($1) }
        busyTime = sharing.reduce(0) { $0 + $1.took - self.waited($1) }
        // A worker that was killed has not noted what the claim took: its tasks' own times are all there is.
        wall = cycle.executed == 0 ? (isSharedByAll ? 0 : busyTime) : max(0, wall - waited)
        if waited > 0 { idleShare = min(1, max(0, wall + waited - cpu - runDelay) / waited) }
    }

    func addExecution(of attempt: AttemptRecord, to cost: inout Cost) {
        if attempt.flags.contains(.measuredIndividually) {
            cost.wall += Double(attempt.wall)
            cost.cpu += Double(attempt.cpu)
            cost.otherWait += Double(attempt.runDelay)
            cost.ioWait += Double(attempt.ioWait)
        } else if !isAlone {
            // The only task of its claim has the claim's figures for its own.
            cost.apportionedTasks += 1
        }
        if shares(attempt) { addShare(of: attempt, to: &cost) }
    }

    private func shares(_ attempt: AttemptRecord) -> Bool {
        isSharedByAll || !attempt.flags.contains(.measuredIndividually)
    }

    private func waited(_ attempt: AttemptRecord) -> Double {
        isSharedByAll ? 0 : min(Double(attempt.ioWait), attempt.took)
    }

    private func addShare(of attempt: AttemptRecord, to cost: inout Cost) {
        let waited = waited(attempt)
        let share = busyTime > 0 ? (attempt.took - waited) / busyTime : 0
        cost.wall += wall * share + waited
        cost.cpu += cpu * share
        cost.otherWait += runDelay * share
        cost.ioWait += waited * idleShare
    }
}

extension AttemptRecord {
    /// From its start to its end, in nanoseconds.
    fileprivate var took: Double { Double(finished - started) }
}
