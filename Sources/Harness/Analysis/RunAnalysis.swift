import Fibonacci
package import Measurement
package import Reporting
package import Workload

/// What a run's journals say, as the rows of its files.
package struct RunAnalysis {
    /// What became of the tasks.
    package let audit: Audit.Counts
    /// Whether the results are right.
    package let results: ResultCheck
    /// When things happened, and how fast.
    package let timeline: RunTimeline
    /// How many tasks waited while rates are measured, by seconds since the first sending: those that were due and that no attempt
    /// had begun, whether they lay in Redis, with a worker, or with a generator that Redis held up. What waits with a generator that
    /// fell behind by itself says nothing of the queue, and does not count; nor do dead letters and lost tasks.
    package let backlog: [TimedValue]
    /// The rows of `latency.csv`.
    package let latency: [LatencyRow]
    /// The rows of `io.csv`.
    package let io: [IORow]
    /// The rows of `accuracy.csv`.
    package let accuracy: [AccuracyRow]
    /// The rows of `generators.csv`.
    package let generators: [GeneratorRow]
    /// The rows of `intervals.csv`.
    package let intervals: [IntervalRow]
    /// What became of the messages; `nil` for a run without a sink of its own.
    package let messages: MessageCounts?
    /// The rows of `sink.csv`.
    package let sink: [SinkRow]
    /// The tasks that are lost.
    let lost: Set<TaskKey>

    /// Reads the journals: once for the audit, once for the figures of the attempts that it accepts.
    ///
    /// - Parameters:
    ///   - leftovers: what was found in Redis at the end; `nil` when it could not be asked.
    ///   - sink: what the run's sink left; `nil` when it had none of its own.
    ///   - samples: the machine's state, in the order of time.
    ///   - arrival: when tasks were to be sent.
    ///   - claimsAreExclusive: see ``Audit``.
    package init(
        _ journals: RunJournals, leftovers: [RunRecord.Leftover]?, sink: SinkRecord? = nil, samples: [RunSample],
        key: RunKey, arrival: ArrivalProcess, claimsAreExclusive: Bool = true
    ) {
        var audit = Audit(
            journals, leftovers: leftovers, messages: sink?.ledger, claimsAreExclusive: claimsAreExclusive)
        let timeline = RunTimeline(journals, loop: arrival.loop, samples: samples)
        var results = ResultCheck()
        var latencies = LatencyTable()
        var costs = CostAccount()
        var intervals = IntervalTable(timeline)
        var waiting = WaitingTasks(timeline)
        for (index, generator) in journals.generators.enumerated() {
            costs.add(generator)
            generator.enqueues.forEach { _, enqueue in
                latencies.add(enqueue)
                if audit.isWanted(enqueue.sequence, of: generator.producer) { waiting.add(enqueue, of: index) }
                intervals.add(enqueue)
            }
        }
        for worker in journals.workers {
            costs.add(worker)
            worker.cycles.forEach { _, cycle in intervals.addInFlight(cycle, samples) }
            worker.forEachAttempt { attempt in
                results.check(attempt)
                if audit.beginsNow(attempt) { waiting.begin(at: attempt.started) }
                guard audit.accepts(attempt) else { return }
                latencies.add(attempt, cycle: worker.cycle(of: attempt))
                intervals.add(attempt)
            }
        }
        self.audit = audit.counts
        lost = audit.lost
        self.results = results
        self.timeline = timeline
        latency = latencies.rows(key)
        let late = latency.filter { $0.latencyKind == .endToEndIntended }.map(\.summary.p99).max()
        let generatorAudit = GeneratorAudit(arrival: arrival, latencyP99: late)
        let findings = journals.generators.map { generatorAudit.finding(key, $0) }
        generators = findings.compactMap { $0?.row }
        backlog = waiting.course(
            lateByThemselves: Set(findings.indices.filter { findings[$0]?.verdict == .fellBehind }))
        io = costs.rows(key)
        accuracy = results.rows(key)
        self.intervals = intervals.rows(key, samples)
        messages = sink?.counts(missing: audit.counts.missingMessages)
        self.sink = sink?.rows(key, timeline) ?? []
    }
}

extension TaskKind {
    /// The name by which files know the kind of a record.
    static func name(ofRecord kind: UInt8) -> String {
        TaskKind(rawValue: kind)?.name ?? "unknown"
    }
}
