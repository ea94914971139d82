import Testing
import Workload

@Suite("Task plans")
struct TaskPlanTests {
    private static let everything =
        "fib-recursive:n=15..25,fib-iterative:n=1..93:weight=6,fib-gmp:n=zipf(1..2000,1.1):weight=2,"
        + "fib-gmp-doubling:n=exponential(500):weight=2,fib-binet:n=90,sleep:ms=lognormal(5,0.5):expect=5ms"

    /// The digests were confirmed by a separate implementation in Python, whose arithmetic is plain IEEE 754.
    @Test(
        "the first thousand tasks of a seed are the same for ever",
        arguments: [(1, 18_337_409_034_370_119_853), (2, 4_673_316_264_451_152_990)] as [(UInt64, UInt64)])
    func golden(seed: UInt64, expected: UInt64) throws {
        let mix = try TaskMix(parsing: Self.everything)
        var digest = Digest()
        for task in try TaskPlan(mix: mix, arrival: .poisson(perSecond: 2000), tasks: 1000, duration: nil, seed: seed) {
            digest.add(task)
        }
        #expect(digest.value == expected)
    }

    @Test("two passes over a plan are the same, and two seeds are not")
    func repeatable() throws {
        let first = try plan(.poisson(perSecond: 500), tasks: 500, seed: 1)
        #expect(Array(first) == Array(first))
        #expect(Array(first) != Array(try plan(.poisson(perSecond: 500), tasks: 500, seed: 2)))
    }

    @Test("the work is the same under every arrival process")
    func sameWork() throws {
        let processes: [ArrivalProcess] = [
            .backlog, .constant(perSecond: 10), .poisson(perSecond: 7),
            .burst(perSecond: 50, on: .seconds(1), off: .seconds(2)),
            .ramp(from: 0, to: 90, over: .seconds(3)), .steps(perSecond: [0, 5, 1], each: .seconds(2)),
        ]
        let work = try processes.map { try plan($0, tasks: 300).map { [Int64($0.kind.rawValue), $0.parameter] } }
        for other in work { #expect(other == work[0]) }
    }

    @Test("sequence numbers have no gaps and intended times never go back")
    func order() throws {
        let tasks = Array(try plan(.poisson(perSecond: 1e6), tasks: 10_000))
        #expect(tasks.map(\.sequence) == Array(0..<10_000))
        #expect(zip(tasks, tasks.dropFirst()).allSatisfy { $0.offsetNanoseconds <= $1.offsetNanoseconds })
    }

    @Test("a backlog is due at once and planned whole, whatever the duration")
    func backlog() throws {
        let tasks = Array(try plan(.backlog, tasks: 1000, duration: .milliseconds(1)))
        #expect(tasks.count == 1000)
        #expect(tasks.allSatisfy { $0.offsetNanoseconds == 0 })
    }

    @Test(
        "constant arrivals are evenly spaced and exact in number",
        arguments: [(500.0, 5000), (3, 30), (0.5, 5), (1e6 / 3, 3_333_334)])
    func constant(rate: Double, count: Int) throws {
        let offsets = try plan(.constant(perSecond: rate), duration: .seconds(10)).map(\.offsetNanoseconds)
        #expect(offsets.count == count)
        for index in stride(from: 0, to: count, by: max(1, count / 1000)) {
            #expect(offsets[index] == UInt64((Double(index) * 1e9 / rate).rounded()))
        }
    }

    @Test("constant arrivals at a whole rate do not drift")
    func noDrift() throws {
        let offsets = try plan(.constant(perSecond: 500), tasks: 5001).map(\.offsetNanoseconds)
        #expect(offsets == (0...5000).map { UInt64($0) * 2_000_000 })
    }

    @Test("poisson arrivals have their rate and an exponential spread of gaps")
    func poisson() throws {
        let offsets = try plan(.poisson(perSecond: 2000), duration: .seconds(50)).map { Double($0.offsetNanoseconds) }
        #expect((98_500...101_500).contains(offsets.count))
        let gaps = zip(offsets.dropFirst(), offsets).map { ($0 - $1) / 500_000 }
        #expect(abs(mean(gaps) - 1) < 0.02)
        #expect(abs(mean(gaps.map { $0 * $0 }) - 2) < 0.1)
    }

    @Test("bursts come while they are on, at their rate, and never else")
    func burst() throws {
        let process = ArrivalProcess.burst(perSecond: 2000, on: .milliseconds(250), off: .milliseconds(750))
        let offsets = try plan(process, duration: .seconds(200)).map(\.offsetNanoseconds)
        // 500 a burst of 200.
        #expect((98_500...101_500).contains(offsets.count))
        #expect(offsets.allSatisfy { $0 % 1_000_000_000 <= 250_000_000 })
        let halves = offsets.count { $0 % 1_000_000_000 < 125_000_000 }
        #expect(abs(Double(halves) / Double(offsets.count) - 0.5) < 0.01)
    }

    @Test("bursts at next to no rate end with the schedule", arguments: ["burst:1e-20:1ms:1ms", "burst:1e-9:1ms:1ms"])
    func emptyBursts(text: String) throws {
        #expect(try plan(ArrivalProcess(parsing: text), duration: .seconds(10)).count { _ in true } == 0)
    }

    @Test("a ramp's rate grows in a straight line, and stays", arguments: [(0.0, 2000.0), (2000, 0), (500, 1500)])
    func ramp(from: Double, to: Double) throws {
        let process = ArrivalProcess.ramp(from: from, to: to, over: .seconds(100))
        let seconds = try plan(process, duration: .seconds(150)).map { Double($0.offsetNanoseconds) / 1e9 }
        for slice in 0..<15 {
            let middle = min(100, Double(slice) * 10 + 5)
            let expected = 10 * (from + (to - from) * middle / 100)
            let found = Double(seconds.count { $0 >= Double(slice) * 10 && $0 < Double(slice + 1) * 10 })
            #expect(abs(found - expected) <= 5 * max(1, expected).squareRoot(), "slice \(slice)")
        }
    }

    @Test("steps follow each other, and the last one stays")
    func steps() throws {
        let rates = [100.0, 0, 1000, 300]
        let seconds = try plan(.steps(perSecond: rates, each: .seconds(10)), duration: .seconds(60))
            .map { Double($0.offsetNanoseconds) / 1e9 }
        for (slice, rate) in (rates + [300, 300]).enumerated() {
            let found = Double(seconds.count { $0 >= Double(slice) * 10 && $0 < Double(slice + 1) * 10 })
            #expect(abs(found - rate * 10) <= 5 * (rate * 10).squareRoot(), "step \(slice)")
        }
    }

    @Test("a rate that comes to nothing ends the plan")
    func noMore() throws {
        let ramp = ArrivalProcess.ramp(from: 100, to: 0, over: .seconds(10))
        #expect((400...600).contains(try plan(ramp, tasks: 10_000).count { _ in true }))
        let steps = ArrivalProcess.steps(perSecond: [100, 0], each: .seconds(10))
        #expect((850...1150).contains(try plan(steps, tasks: 10_000).count { _ in true }))
    }

    @Test("the rate holds where gaps are a nanosecond")
    func fastest() throws {
        let last = try plan(.poisson(perSecond: 1e9), tasks: 100_000).reduce(0) { max($0, $1.offsetNanoseconds) }
        #expect((98_500...101_500).contains(last))
    }

    @Test("the first limit reached ends the plan")
    func limits() throws {
        let constant = ArrivalProcess.constant(perSecond: 100)
        #expect(try plan(constant, tasks: 50, duration: .seconds(1)).count { _ in true } == 50)
        #expect(try plan(constant, tasks: 500, duration: .seconds(1)).count { _ in true } == 100)
        #expect(try plan(constant, tasks: 0, duration: .seconds(1)).count { _ in true } == 0)
        #expect(try plan(constant, duration: .zero).count { _ in true } == 0)
    }

    @Test("a schedule slower than any clock ends instead of overflowing")
    func slowest() throws {
        #expect(try plan(.poisson(perSecond: .leastNonzeroMagnitude), tasks: 5).count { _ in true } == 0)
        #expect(try plan(.constant(perSecond: .leastNonzeroMagnitude), tasks: 5).count { _ in true } == 1)
    }

    @Test("an ended plan stays ended")
    func ended() throws {
        var iterator = try plan(.poisson(perSecond: 10), duration: .seconds(1)).makeIterator()
        while iterator.next() != nil {}
        for _ in 0..<100 { #expect(iterator.next() == nil) }
    }

    @Test("expectations are whole microseconds, 0 without one")
    func expectations() throws {
        #expect(try tasks("sleep:ms=1:expect=5ms", count: 1)[0].expectedMicroseconds == 5000)
        #expect(try tasks("sleep:ms=1:expect=1h", count: 1)[0].expectedMicroseconds == 3_600_000_000)
        #expect(try tasks("sleep:ms=1:expect=1600ns", count: 1)[0].expectedMicroseconds == 2)
        #expect(try tasks("sleep:ms=1", count: 1)[0].expectedMicroseconds == 0)
    }

    @Test("a plan without an end is refused")
    func endless() {
        #expect(
            message { _ = try plan(.backlog, duration: .seconds(1)) }
                == "the number of tasks of a backlog is missing; allowed: tasks, such as 100000")
        for process in [ArrivalProcess.constant(perSecond: 1), .poisson(perSecond: 1)] {
            #expect(
                message { _ = try plan(process) }
                    == "the length of the run is missing; allowed: tasks, such as 100000, or duration, such as 30s, or both"
            )
        }
    }

    @Test(
        "arrival processes read back",
        arguments: [
            "backlog", "constant:500", "poisson:2000", "poisson:0.5", "burst:5000:1s:250ms", "ramp:0..2000:1m",
            "ramp:10..0.5:90s",
            "steps:100:10s", "steps:100,0,400.5:10s", "trace:a plan: with colons.csv", "closed:1", "closed:1000000",
        ])
    func arrivalText(text: String) throws {
        #expect(try ArrivalProcess(parsing: text).description == text)
    }

    @Test(
        "bad arrival processes are refused",
        arguments: [
            "", "burst:5", "backlog:5", "constant", "constant:", "constant:fast", "poisson:inf", "poisson:2000:1",
            "burst:x:1s:1s",
            "ramp:1:10s", "ramp:1..2..3:10s", "ramp:1..x:10s", "steps::10s", "steps:1,,2:10s", "steps:1,2", "closed:",
            "closed:few", "closed:1:2",
        ])
    func badArrival(text: String) {
        let expected =
            "arrival cannot be \(text.debugDescription); allowed: backlog, constant:PER_SECOND, poisson:PER_SECOND, "
            + "burst:PER_SECOND:ON:OFF, ramp:FROM..TO:OVER, steps:PER_SECOND,PER_SECOND,…:EACH, trace:FILE, "
            + "closed:TASKS"
        #expect(message { _ = try ArrivalProcess(parsing: text) } == expected)
    }

    @Test(
        "rates out of range are refused",
        arguments: [
            "constant:0", "constant:-5", "poisson:0", "poisson:1000000001", "burst:0:1s:1s", "ramp:0..0:1s",
            "ramp:-1..5:1s",
            "steps:0,0:1s", "steps:5,1000000001:1s",
        ])
    func badRate(text: String) {
        let expected = "arrival cannot be \"\(text)\"; allowed: a rate above 0, up to 1000000000 a second"
        #expect(message { _ = try ArrivalProcess(parsing: text) } == expected)
        #expect(throws: WorkloadError.self) { try plan(.poisson(perSecond: .nan), tasks: 1) }
    }

    @Test(
        "times that are none are refused",
        arguments: ["burst:5:0s:1s", "burst:5:1s:0s", "ramp:1..2:0s", "steps:1:999us"])
    func badTime(text: String) {
        let expected = "arrival cannot be \"\(text)\"; allowed: times from 1ms on"
        #expect(message { _ = try ArrivalProcess(parsing: text) } == expected)
    }

    @Test("how long a number of tasks takes is known before")
    func plannedDuration() throws {
        func seconds(_ text: String, _ tasks: UInt64) throws -> Double? {
            var scenario = Scenario()
            (scenario.arrival, scenario.tasks) = (try ArrivalProcess(parsing: text), tasks)
            return scenario.plannedDuration.map { $0 / .seconds(1) }
        }
        #expect(try seconds("constant:10", 100) == 10)
        // 50 a round of 5 s; the last 25 take half of the on.
        #expect(abs(try #require(try seconds("burst:50:1s:4s", 125)) - 10.5) < 1e-9)
        // 50 + 10 + 20 · t.
        #expect(abs(try #require(try seconds("steps:5,1,20:10s", 100)) - 22) < 1e-9)
        #expect(abs(try #require(try seconds("ramp:0..10:10s", 150)) - 20) < 1e-9)
        #expect(try seconds("ramp:10..0:10s", 51) == nil)
        #expect(try seconds("backlog", 100) == nil)
    }

    private func plan(
        _ arrival: ArrivalProcess, tasks: UInt64? = nil, duration: Duration? = nil, seed: UInt64 = 1
    ) throws -> TaskPlan {
        let mix = try TaskMix(parsing: Self.everything)
        return try TaskPlan(mix: mix, arrival: arrival, tasks: tasks, duration: duration, seed: seed)
    }
}
