import Harness
import Measurement
import ReliableQueue
import Reporting
import Testing
import Workload

/// The backlog by which a run is judged: what was due and no attempt had begun.
@Suite struct WaitingTasksTests {
    private let fixture: JournalFixture

    init() throws {
        fixture = try JournalFixture()
    }

    private func verdict(_ analysis: RunAnalysis, rate: Double) -> LoadVerdict? {
        LoadVerdict.judge(backlog: analysis.backlog, arrivalRate: rate)
    }

    /// Four tasks a second for twenty seconds, each in a batch of its own; `run` does something with each, 2 ms after it was sent.
    private func load(acknowledged: Bool = true, _ run: (SlotFixture, Int, Double) throws -> Void) throws {
        let worker = try fixture.worker()
        for task in 0..<80 {
            let time = Double(task) * 250 + 1
            try fixture.send(1, at: time, acknowledged: acknowledged || !task.isMultiple(of: 2))
            try run(worker, task, time + 2)
        }
    }

    /// A look sees what was due before it and begins after it: at 250 ms the second task waits, and at no other look one does.
    @Test func aLookSeesWhatIsDueAndHasNotBegun() throws {
        let worker = try fixture.worker()
        for task in 0..<8 {
            let time = 1 + Double(task) * 250
            try fixture.send(1, at: time, dueAt: time)
            try worker.run([task], at: task == 1 ? 260 : time)
        }
        let backlog = try fixture.analysis(arrival: .closed(window: 4)).backlog
        #expect(backlog.filter { $0.value != 0 } == [TimedValue(time: 0.25, value: 1)])
    }

    /// Redis takes tasks at half of the pace at which they are due: they wait, although none of them waits in Redis.
    @Test func whatRedisDoesNotLetTheGeneratorSendWaits() throws {
        let worker = try fixture.worker()
        for task in 0..<80 {
            let due = Double(task) * 250
            // The answer to the batch before has just come.
            try fixture.send(1, at: due * 2 + 1, dueAt: due, answerTakes: 499.9)
            try worker.run([task], at: due * 2 + 2)
        }
        let analysis = try fixture.analysis(arrival: .constant(perSecond: 4))
        #expect(verdict(analysis, rate: 4) == .overloaded)
        let slope = try #require(Trend(analysis.backlog)).slope
        #expect(abs(slope - 2) < 0.1, "\(slope)")
    }

    /// A generator that is late by itself says nothing of the queue, which had done everything that it was given; also with so few
    /// tasks that nothing else is said of it.
    @Test(arguments: [400, 1_200])
    func whatAGeneratorDoesNotSendByItselfDoesNotWait(count: Int) throws {
        let worker = try fixture.worker()
        for task in 0..<count {
            let due = Double(task) * 10
            try fixture.send(1, at: due * 2 + 1, dueAt: due)
            try worker.run([task], at: due * 2 + 2)
        }
        let analysis = try fixture.analysis(arrival: .constant(perSecond: 100))
        #expect(analysis.generators.map(\.verdict) == [count < 1_000 ? nil : .fellBehind])
        #expect(verdict(analysis, rate: 100) == .steady)
        #expect(analysis.backlog.count > 10)
    }

    /// Nobody will begin a dead letter, or a lost task.
    @Test func whatIsGivenUpDoesNotWait() throws {
        try load { worker, task, time in if task.isMultiple(of: 2) { try worker.run([task], at: time) } }
        let lost = try fixture.analysis(arrival: .constant(perSecond: 4))
        #expect(lost.audit.lost == 40)
        #expect(verdict(lost, rate: 4) == .steady)
        let letters = (0..<80).filter { !$0.isMultiple(of: 2) }.map { task in
            RunRecord.Leftover(place: .dead, task: JournalFixture.task(0, ofBatch: task + 1))
        }
        let dead = try fixture.analysis(leftovers: letters, arrival: .constant(perSecond: 4))
        #expect((dead.audit.dead, dead.audit.lost) == (40, 0))
        #expect(verdict(dead, rate: 4) == .steady)
    }

    /// What still lies in Redis waits, and so does what may lie there when it could not be asked.
    @Test func whatIsLeftWaits() throws {
        try load { worker, task, time in if task.isMultiple(of: 2) { try worker.run([task], at: time) } }
        let left = (0..<80).filter { !$0.isMultiple(of: 2) }.map { task in
            RunRecord.Leftover(place: .waiting, task: JournalFixture.task(0, ofBatch: task + 1))
        }
        for leftovers in [left, nil] {
            let analysis = try fixture.analysis(leftovers: leftovers, arrival: .constant(perSecond: 4))
            #expect(verdict(analysis, rate: 4) == .overloaded)
            #expect(abs(try #require(Trend(analysis.backlog)).slope - 2) < 0.1)
        }
    }

    /// Whether a task that Redis did not acknowledge is there at all is not known: it is no backlog, run or not.
    @Test(arguments: [true, false])
    func whatWasNotAcknowledgedDoesNotWait(isRun: Bool) throws {
        try load(acknowledged: false) { worker, task, time in
            if isRun || !task.isMultiple(of: 2) { try worker.run([task], at: time) }
        }
        let analysis = try fixture.analysis(arrival: .constant(perSecond: 4))
        #expect(analysis.audit.unacknowledged == 40)
        #expect(analysis.backlog.allSatisfy { abs($0.value) <= 1 })
    }

    /// A task that begins is no backlog any more, however often it begins, and whether it ends or not.
    @Test func whatHasBegunDoesNotWait() throws {
        try load { worker, task, time in
            try worker.run([task], at: time, ack: .none, isExecuted: false) { attempt in
                (attempt.outcome, attempt.finished) = (.started, 0)
            }
            if task.isMultiple(of: 2) { try worker.run([task], at: time + 5) { $0.attempt = 2 } }
        }
        let analysis = try fixture.analysis(leftovers: nil, arrival: .constant(perSecond: 4))
        #expect(analysis.backlog.count > 20)
        #expect(analysis.backlog.allSatisfy { abs($0.value) <= 1 })
    }

    /// Of a backlog, what waits falls from the first claim on.
    @Test func aBacklogDrains() throws {
        try fixture.send(100)
        let worker = try fixture.worker()
        for task in 0..<100 { try worker.run([task], at: 1_000 + Double(task) * 50) }
        let analysis = try fixture.analysis()
        #expect(analysis.backlog.first == TimedValue(time: 1, value: 99))
        #expect(verdict(analysis, rate: 0) == .draining)
    }

    /// A schedule that was too short for a steady window has no verdict.
    @Test func aShortScheduleHasNone() throws {
        let worker = try fixture.worker()
        for task in 0..<50 {
            try fixture.send(1, at: Double(task) * 10 + 1)
            try worker.run([task], at: Double(task) * 30 + 2)
        }
        #expect(try fixture.analysis(arrival: .constant(perSecond: 100)).backlog.isEmpty)
    }
}
