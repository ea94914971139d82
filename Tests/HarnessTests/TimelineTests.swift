import Harness
import Measurement
import Reporting
import Testing
import Workload

/// Rates, phases, and the run second by second.
@Suite struct TimelineTests {
    private let fixture: JournalFixture

    init() throws {
        fixture = try JournalFixture()
    }

    /// A backlog's throughput counts from the first claim to the last ack: at 1,000 and 1,101 ms here.
    @Test func aBacklogsRateIsFromTheFirstClaimToTheLastAck() throws {
        try fixture.send(100)
        try fixture.worker().run(0..<100, at: 1_000)
        let timeline = try fixture.analysis().timeline
        #expect(timeline.ackedPerSecond == 100 / 0.101)
        #expect(timeline.steady == nil)
        #expect(timeline.offeredPerSecond == nil)
        #expect(timeline.duration == 1.1)
    }

    /// An open load's throughput counts inside the steady window only.
    @Test func anOpenLoadsRateIsThatOfTheSteadyWindow() throws {
        let worker = try fixture.worker()
        for second in 0..<10 {
            for task in 0..<4 {
                let time = Double(second) * 1_000 + Double(task) * 250
                try fixture.send(1, at: time + 0.5)
                try worker.run([second * 4 + task], at: time + 10)
            }
        }
        let timeline = try fixture.analysis(arrival: .constant(perSecond: 4)).timeline
        #expect(timeline.steady != nil)
        #expect(abs(try #require(timeline.offeredPerSecond) - 4) < 1e-9)
        #expect(abs(try #require(timeline.sentPerSecond) - 4) < 1e-9)
        #expect(abs(try #require(timeline.ackedPerSecond) - 4) < 0.2)
    }

    @Test func aRunInWhichNothingHappenedHasNoRates() throws {
        try fixture.send(1)
        let timeline = try fixture.analysis().timeline
        #expect(timeline.ackedPerSecond == nil)
        #expect(timeline.sentPerSecond == nil)
        #expect(timeline.duration == 0)
    }

    /// However tasks fall into seconds, phases and kinds, the rows add up to the audit's counts.
    @Test(arguments: [.backlog, .constant(perSecond: 4)] as [ArrivalProcess])
    func intervalsAddUpToTheCounts(arrival: ArrivalProcess) throws {
        let worker = try fixture.worker()
        for task in 0..<60 {
            try fixture.send(1, kind: task.isMultiple(of: 3) ? .fibGMP : .fibIterative, at: Double(task) * 130 + 1)
            if task != 30 {
                try worker.run([task], at: Double(task) * 131 + 5) { record in
                    if task.isMultiple(of: 3) { record.kind = TaskKind.fibGMP.rawValue }
                }
            }
        }
        let analysis = try fixture.analysis(arrival: arrival)
        let tasks = analysis.intervals.compactMap { row in
            if case .tasks(_, let figures) = row.content { figures } else { nil }
        }
        #expect(tasks.map(\.sent).reduce(0, +) == analysis.audit.sent)
        #expect(tasks.map(\.acked).reduce(0, +) == analysis.audit.acked)
        #expect((analysis.audit.sent, analysis.audit.acked, analysis.audit.lost) == (60, 59, 1))
        let service = tasks.map(\.serviceSumSeconds).reduce(0, +)
        #expect(abs(service - 0.059) < 1e-9)
        #expect(analysis.intervals.map(\.second) == analysis.intervals.map(\.second).sorted())
    }

    /// A sample's row has the state then, what was used since the sample before, and the tasks held at that moment.
    @Test func machineRowsAreDifferencesOfSamples() throws {
        try fixture.send(8)
        try fixture.worker().run(0..<8, at: 995)
        func sample(_ time: Double, backlog: Int, cpu: Double) -> RunSample {
            RunSample(
                time: JournalFixture.instant(time), backlog: backlog, cpuWorkerSeconds: cpu,
                cpuRedisSeconds: cpu / 2, redisMemoryBytes: 1_000, throttledSeconds: nil)
        }
        let samples = [sample(1, backlog: 8, cpu: 1), sample(1_001, backlog: 5, cpu: 1.5)]
        let machines = try fixture.analysis(samples: samples).intervals.compactMap { row in
            if case .machine(let figures) = row.content { figures } else { nil }
        }
        #expect(machines.count == 1)
        #expect((machines.first?.backlog, machines.first?.inFlight) == (5, 8))
        #expect((machines.first?.workerCPUSeconds, machines.first?.redisCPUSeconds) == (0.5, 0.25))
    }
}
