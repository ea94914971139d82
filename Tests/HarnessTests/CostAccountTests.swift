import Harness
import Measurement
import Reporting
import Testing
import Workload

/// Wall = CPU + I/O wait + other wait + residual, by kind and role.
@Suite struct CostAccountTests {
    private let fixture: JournalFixture

    init() throws {
        fixture = try JournalFixture()
    }

    /// A claim of four short tasks of 1 ms each: the kernel's figures for the claim are shared by their time.
    @Test func shortTasksShareTheirClaim() throws {
        try fixture.send(4)
        try fixture.worker().run(0..<4) { record in
            if record.sequence == 3 { record.kind = TaskKind.fibGMP.rawValue }
        } changeCycle: { cycle in
            (cycle.executeWall, cycle.executeCPU, cycle.executeRunDelay) = (4_000_000, 3_200_000, 800_000)
            (cycle.exchangeWall, cycle.exchangeCPU, cycle.exchangeRunDelay) = (400_000, 40_000, 80_000)
            (cycle.roundTrips, cycle.commands, cycle.bytesOut, cycle.bytesIn) = (4, 8, 4_000, 400)
            (cycle.voluntary, cycle.involuntary) = (4, 8)
        }
        let three = try row(.fibIterative)
        #expect((three.tasks, three.apportionedTasks) == (3, 3))
        expect(three, wall: 3.3, cpu: 2.43, io: 0.21, other: 0.66)
        #expect((three.traffic.redisRoundTrips, three.traffic.redisCommands) == (3, 6))
        #expect((three.traffic.redisBytesOut, three.traffic.redisBytesIn) == (3_000, 300))
        #expect((three.traffic.voluntarySwitches, three.traffic.involuntarySwitches) == (3, 6))
        expect(try row(.fibGMP), wall: 1.1, cpu: 0.81, io: 0.07, other: 0.22)
    }

    /// A long task has its own figures, and what is left of the claim is the other's.
    @Test func longTasksAreMeasuredByThemselves() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2) { record in
            guard record.sequence == 0 else { return }
            record.kind = TaskKind.fibRecursive.rawValue
            record.flags = .measuredIndividually
            (record.wall, record.cpu, record.runDelay) = (6_000_000, 4_000_000, 1_900_000)
        } changeCycle: { cycle in
            (cycle.executeWall, cycle.executeCPU, cycle.executeRunDelay) = (7_000_000, 4_900_000, 2_000_000)
        }
        let long = try row(.fibRecursive)
        #expect(long.apportionedTasks == 0)
        expect(long, wall: 6, cpu: 4, io: 0, other: 1.9)
        #expect(abs(long.residualSeconds - 0.0001) < 1e-9)
        expect(try row(.fibIterative), wall: 1, cpu: 0.9, io: 0, other: 0.1)
        #expect(try row(.fibIterative).apportionedTasks == 1)
    }

    /// Where every task of a claim was measured by itself, what the measuring cost is theirs too.
    @Test func theCostOfMeasuringIsNotDropped() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2) { record in
            record.flags = .measuredIndividually
            (record.wall, record.cpu) = (2_000_000, 2_000_000)
        } changeCycle: { cycle in
            (cycle.executeWall, cycle.executeCPU, cycle.executeRunDelay) = (5_000_000, 4_100_000, 900_000)
        }
        expect(try row(.fibIterative), wall: 5, cpu: 4.1, io: 0, other: 0.9)
    }

    /// A claim of one task needs no apportioning.
    @Test func theOnlyTaskOfAClaimHasItsFigures() throws {
        try fixture.send(1)
        try fixture.worker().run([0]) { _ in
        } changeCycle: { cycle in
            (cycle.executeWall, cycle.executeCPU) = (1_000_000, 900_000)
        }
        let row = try row(.fibIterative)
        #expect(row.apportionedTasks == 0)
        expect(row, wall: 1, cpu: 0.9, io: 0, other: 0)
    }

    /// Waiting tasks take no part in the CPU time of those that compute beside them.
    @Test func waitingIsNoShareOfComputing() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2) { record in
            guard record.sequence == 0 else { return }
            record.kind = TaskKind.sleep.rawValue
            record.ioWait = 1_000_000
        } changeCycle: { cycle in
            (cycle.executeWall, cycle.executeCPU, cycle.ioWait) = (2_000_000, 1_000_000, 1_000_000)
        }
        expect(try row(.sleep), wall: 1, cpu: 0, io: 1, other: 0)
        expect(try row(.fibIterative), wall: 1, cpu: 1, io: 0, other: 0)
    }

    @Test func generatorsShareABatchEvenly() throws {
        try fixture.send(4)
        let row = try #require(fixture.analysis().io.first { $0.role == "generator" })
        #expect((row.tasks, row.apportionedTasks) == (4, 4))
        expect(row, wall: 0.25, cpu: 0.1, io: 0.1, other: 0.05)
        #expect((row.traffic.redisRoundTrips, row.traffic.redisBytesOut) == (1, 400))
    }

    /// What an attempt that never ended cost is not known, and not made up.
    @Test func attemptsThatDidNotEndCostNothing() throws {
        try fixture.send(1)
        try fixture.worker().run([0], ack: .none, isExecuted: false) { $0.finished = 0 }
        #expect(try fixture.analysis().io.allSatisfy { $0.role == "generator" })
    }

    private func row(_ kind: TaskKind) throws -> IORow {
        try #require(fixture.analysis().io.first { $0.role == "worker" && $0.taskKind == kind.name })
    }

    /// Compares the parts, in milliseconds; the exchange of a claim without one given takes no time.
    private func expect(
        _ row: IORow, wall: Double, cpu: Double, io: Double, other: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let parts = [row.wallSeconds, row.cpuSeconds, row.ioWaitSeconds, row.otherWaitSeconds].map { $0 * 1e3 }
        let expected = [wall, cpu, io, other]
        #expect(
            zip(parts, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(parts), not \(expected)",
            sourceLocation: sourceLocation)
        let sum = row.cpuSeconds + row.ioWaitSeconds + row.otherWaitSeconds + row.residualSeconds
        #expect(abs(row.wallSeconds - sum) < 1e-12, sourceLocation: sourceLocation)
    }
}
