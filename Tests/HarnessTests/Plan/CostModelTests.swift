import Glibc
import Harness
import InstanceLimits
import Testing

/// The model of what a queue costs, and what it says of a load. No server.
@Suite struct CostModelTests {
    /// From so many tasks on claims cost more.
    private static let manyTasks = 17
    private static let setting = CostModel.Setting(processors: 2, manyTasks: manyTasks)

    /// Cells of a queue whose costs are known: sums of the model's own terms.
    private static func cells(noise: Double = 0) -> [CostCell] {
        let spreads = [(1, 1), (1, 4), (2, 2), (4, 4), (4, 8)]
        var cells: [CostCell] = []
        for (servers, shards) in spreads {
            for (claim, workers) in [
                (4, 8), (16, 2), (64, 8), (256, 8), (4, 32), (16, 8), (64, 2), (256, 32), (4, 2), (16, 32), (64, 32),
                (256, 2),
            ] {
                var point = point(servers, shards, claim)
                (point.rate, point.workers) = (16_000, workers)
                point.roundTripMicroseconds = claim < 64 && workers == 8 ? 1_000 : 0
                let share = 1 / Double(claim)
                let more = (shards > 1 ? 4 * share : 0) + (claim >= manyTasks ? 20 * share : 0)
                let redis = 0.5 + 40 * share + more
                let worker =
                    0.3 + 30 * share + 10 * share / (point.roundTripMicroseconds > 0 ? 2 : 1) + 500
                    * Double(point.workers) / point.rate
                let error = cells.count.isMultiple(of: 3) ? 1 + noise : 1
                cells.append(
                    CostCell(
                        name: "paced-\(servers)x\(shards)-\(claim)-\(workers)", point: point,
                        figures: [
                            .redis: redis * pow(point.seconds(between: .server), 0.3) * error,
                            .worker: worker * pow(point.seconds(between: .host), 0.2),
                            .bytes: 100 + 900 * share + (claim >= manyTasks ? 1_400 * share : 0),
                        ]))
            }
        }
        for roundTrip in [0.0, 200, 1_000, 5_000] {
            for (servers, shards) in spreads {
                for claim in [16, 64, 128, 256] {
                    var point = point(servers, shards, claim)
                    point.roundTripMicroseconds = roundTrip
                    cells.append(limit(at: point))
                }
            }
        }
        let kept = [
            (1_000, 16), (10_000, 16), (100_000, 16), (1_000_000, 16), (100_000, 64), (100_000, 256), (100_000, 1_024),
            (100_000, 4_096), (50_000, 64), (2_000, 128), (3_000, 32), (400_000, 512),
        ]
        for (backlog, payload) in kept {
            var point = CostPoint()
            (point.backlog, point.payload) = (backlog, Double(payload))
            let bytes = 34 + 1.01 * Double(payload) + 50_000 / Double(backlog)
            cells.append(CostCell(name: "memory-\(backlog)-\(payload)", point: point, figures: [.memory: bytes]))
        }
        return cells
    }

    private static func point(_ servers: Int, _ shards: Int, _ claim: Int) -> CostPoint {
        var point = CostPoint()
        (point.servers, point.shards, point.claim, point.workers) = (servers, shards, claim, 8)
        return point
    }

    /// As fast as can be, on two processors: costs rise with the fifth root of the time between claims, and a turn takes its share
    /// of its server, too.
    private static func limit(at place: CostPoint) -> CostCell {
        var point = place
        point.rate = 1e5
        var costs = (redis: 0.0, worker: 0.0)
        for _ in 0..<200 {
            let share = 1 / Double(point.claim)
            costs.redis = (2 + 180 * share) * pow(point.seconds(between: .server), 0.2)
            costs.worker = (1.3 + 130 * share) * pow(point.seconds(between: .host), 0.2)
            let tasks = Double(point.workers * point.claim)
            let relay = point.roundTripMicroseconds > 0 ? 100 + 50 * Double(point.servers) : 0
            let shares = 1.1 * (costs.redis + costs.worker) / 2 + 0.2 * costs.redis / Double(point.servers)
            let turn = 2 * point.roundTripMicroseconds + tasks * shares + relay
            point.rate = (point.rate + tasks * 1e6 / turn) / 2
        }
        return CostCell(
            name: "limit-\(point.servers)x\(point.shards)-\(point.claim)-\(point.roundTripMicroseconds)", point: point,
            figures: [.redisAtLimit: costs.redis, .workerAtLimit: costs.worker, .throughput: point.rate])
    }

    @Test func findsWhatItsCellsAreMadeOf() throws {
        let check = try ModelCheck(of: Self.cells(), in: Self.setting)
        for figure in CostFigure.allCases {
            let errors = try #require(check.errors(of: figure))
            #expect(errors.worst.error < 1e-6, "\(figure)")
        }
        func expect(_ figure: CostFigure, _ expected: [(name: String, coefficient: Double)]) {
            let terms = check.model.terms(of: figure)
            #expect(terms.map(\.name) == expected.map(\.name))
            #expect(zip(terms, expected).allSatisfy { abs($0.coefficient - $1.coefficient) < 1e-4 }, "\(terms)")
        }
        expect(
            .worker,
            [
                ("a task", 0.3), ("a claim", 30), ("a claim of several shards", 0), ("a claim of many tasks", 0),
                ("a worker's second", 500), ("a claim from nearby", 10),
                ("power of the seconds between a host's claims", 0.2),
            ])
        expect(
            .bytes,
            [
                ("a task", 100), ("a claim", 900), ("a claim of several shards", 0), ("a claim of many tasks", 1_400),
            ])
    }

    /// Each half has every figure, and no cell is in both.
    @Test func oneHalfIsUnseen() throws {
        let cells = Self.cells()
        let check = try ModelCheck(of: cells, in: Self.setting)
        let unseen = Set(check.unseen.map(\.cell))
        #expect(abs(unseen.count - cells.count / 2) <= 3)
        #expect(CostFigure.allCases.allSatisfy { figure in check.unseen.contains { $0.figure == figure } })
    }

    @Test func saysWhatItIsOffBy() throws {
        let check = try ModelCheck(of: Self.cells(noise: 0.3), in: Self.setting)
        let errors = try #require(check.errors(of: .redis))
        #expect(errors.worst.error > 0.05)
        #expect(errors.median <= errors.worst.error)
        #expect(abs(errors.worst.predicted / errors.worst.measured - 1) == errors.worst.error)
    }

    @Test func tooFewCellsAreAnError() {
        #expect(throws: HarnessError.self) { try CostModel(of: Array(Self.cells().prefix(2)), in: Self.setting) }
    }

    private static let small = InstanceType(
        name: "small", processors: 1, memoryGiB: 2,
        credits: CreditTerms(processors: 1, baselineProcessors: 0.2, perHour: 12, maximum: 288, launch: 30))

    @Test func countsMachinesByWhatTheyCarry() throws {
        let check = try ModelCheck(of: Self.cells(), in: Self.setting)
        var load = PlannedLoad()
        (load.rate, load.claim, load.utilisation) = (1e6, 64, 0.5)
        (load.backlog, load.payload, load.taskCPU) = (1_000_000_000, 16, 1e-4)
        let plan = CapacityPlan(load, on: Self.small, by: check)
        // Half a processor carries 659,000 tasks/s: 2 + 180/64 times the fifth root of 64/659,000 s is 0.76 µs. A fifth: 0.95 µs.
        #expect(plan.serversWithCredits.expected == 2)
        #expect(plan.serversForEver.expected == 5)
        // 50.2 bytes a task, 1 GiB for them on each server.
        #expect(plan.serversForBacklog.expected == 47)
        #expect(plan.servers.expected == 47)
        // 100 µs a task, and 1.3 + 130/64 times the fifth root of 64 times 101 µs at half of two processors: 1.22; at a fifth, 1.46.
        #expect(plan.workersWithCredits.expected == 203)
        #expect(plan.workersForEver.expected == 508)
        let held = 1e-4 + 1.216e-6 + 2 * 0.0005 / 64
        #expect(plan.slots == Int((1e6 * held / 0.5).rounded(.up)))
        #expect(plan.creditsLast.map { abs($0 - 288 / 0.3 * 60) < 60 } == true)
    }

    @Test func countsMachinesByTheirNetwork() throws {
        let check = try ModelCheck(of: Self.cells(), in: Self.setting)
        var load = PlannedLoad()
        (load.rate, load.claim, load.payload) = (1e7, 64, 16)
        #expect(CapacityPlan(load, on: Self.small, by: check).machinesForNetwork == nil)
        let wired = InstanceType(name: "wired", processors: 64, memoryGiB: 2, networkGbps: (1, 10))
        // 100 + 2,300/64 bytes a task, and twice the four that its payload is longer; 125 MB/s.
        let plan = CapacityPlan(load, on: wired, by: check)
        #expect(plan.machinesForNetwork?.expected == 12)
        #expect(plan.servers.expected == max(12, plan.serversWithCredits.expected))
    }

    @Test func aFasterProcessorNeedsFewerServers() throws {
        let check = try ModelCheck(of: Self.cells(), in: Self.setting)
        var load = PlannedLoad()
        (load.rate, load.claim) = (1e8, 64)
        let plain = CapacityPlan(load, on: Self.small, by: check).serversWithCredits.expected
        load.speed = 2
        let fast = CapacityPlan(load, on: Self.small, by: check).serversWithCredits.expected
        #expect(abs(fast * 2 - plain) <= 1)
    }
}
