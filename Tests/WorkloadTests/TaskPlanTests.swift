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
        let processes: [ArrivalProcess] = [.backlog, .constant(perSecond: 10), .poisson(perSecond: 7)]
        let work = try processes.map { try plan($0, tasks: 300).map { [Int64($0.kind.rawValue), $0.parameter] } }
        #expect(work[0] == work[1])
        #expect(work[0] == work[2])
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

    @Test("arrival processes read back", arguments: ["backlog", "constant:500", "poisson:2000", "poisson:0.5"])
    func arrivalText(text: String) throws {
        #expect(try ArrivalProcess(parsing: text).description == text)
    }

    @Test(
        "bad arrival processes are refused",
        arguments: [
            "", "burst:5", "backlog:5", "constant", "constant:", "constant:fast", "poisson:inf", "poisson:2000:1",
        ])
    func badArrival(text: String) {
        let expected =
            "arrival cannot be \(text.debugDescription); allowed: backlog, constant:PER_SECOND, poisson:PER_SECOND"
        #expect(message { _ = try ArrivalProcess(parsing: text) } == expected)
    }

    @Test(
        "rates out of range are refused", arguments: ["constant:0", "constant:-5", "poisson:0", "poisson:1000000001"])
    func badRate(text: String) {
        let expected = "arrival cannot be \"\(text)\"; allowed: a rate above 0, up to 1000000000 a second"
        #expect(message { _ = try ArrivalProcess(parsing: text) } == expected)
        #expect(throws: WorkloadError.self) { try plan(.poisson(perSecond: .nan), tasks: 1) }
    }

    private func plan(
        _ arrival: ArrivalProcess, tasks: UInt64? = nil, duration: Duration? = nil, seed: UInt64 = 1
    ) throws -> TaskPlan {
        let mix = try TaskMix(parsing: Self.everything)
        return try TaskPlan(mix: mix, arrival: arrival, tasks: tasks, duration: duration, seed: seed)
    }
}
