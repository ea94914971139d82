import ReliableQueue
import TestSupport
import Testing

/// How many tasks to claim, as a value.
@Suite struct ClaimSizerTests {
    private func sizer(_ limit: Int = 256) -> ClaimSizer { ClaimSizer(limit: limit, shortestLease: .seconds(5)) }

    /// Runs one claim of `count` tasks of one kind.
    private func run(_ sizer: inout ClaimSizer, _ count: Int, microseconds: UInt64, kind: Int = 0, name: String = "a") {
        for _ in 0..<count { sizer.taskTook(microseconds * 1_000, kind: kind, name: name) }
        sizer.claimEnded(size: count)
    }

    @Test func theUnknownIsApproachedWithCare() {
        var sizer = sizer()
        var sizes: [Int] = []
        for _ in 0..<6 {
            let request = sizer.request()
            sizes.append(request.limit)
            run(&sizer, request.limit, microseconds: 1)
        }
        #expect(sizes == [1, 4, 16, 64, 256, 256])
    }

    @Test(arguments: [(1, 256), (100, 100), (1_000, 10), (10_000, 1), (5_000_000, 1)] as [(UInt64, Int)])
    func aClaimFillsTheQuantum(microseconds: UInt64, size: Int) {
        var sizer = sizer()
        for _ in 0..<10 { run(&sizer, sizer.request().limit, microseconds: microseconds) }
        #expect(sizer.request().limit == size)
        #expect(sizer.request().averageTask == .microseconds(microseconds))
        #expect(sizer.request().kinds == ["a": .microseconds(microseconds)])
        #expect(!sizer.request().isMixed)
    }

    @Test func kindsThatDifferAreCountedOneByOne() {
        var sizer = sizer()
        for _ in 0..<10 {
            run(&sizer, 60, microseconds: 10)
            run(&sizer, 60, microseconds: 20_000, kind: 1, name: "b")
        }
        let request = sizer.request()
        #expect(request.isMixed)
        #expect(request.limit == 240)
        #expect(request.kinds == ["a": .microseconds(10), "b": .milliseconds(20)])
    }

    @Test func shortKindsNeedNoCounting() {
        var sizer = sizer()
        run(&sizer, 100, microseconds: 1)
        run(&sizer, 100, microseconds: 2, kind: 1, name: "b")
        #expect(!sizer.request().isMixed)
        #expect(sizer.request().limit == 256)
    }

    @Test func anEstimateFollowsItsKind() {
        var sizer = sizer()
        run(&sizer, 1, microseconds: 10_000)
        for _ in 0..<20 { run(&sizer, 64, microseconds: 10) }
        let estimate = sizer.request().kinds["a"] ?? .zero
        #expect(estimate > .microseconds(9) && estimate < .microseconds(30))
    }

    /// Kinds are numbered as a connection meets them, which need not be the order in which they run.
    @Test func kindsKeepTheirNamesInAnyOrder() {
        var sizer = sizer()
        run(&sizer, 1, microseconds: 30, kind: 2, name: "c")
        run(&sizer, 1, microseconds: 10, kind: 0, name: "a")
        #expect(sizer.request().kinds == ["a": .microseconds(10), "c": .microseconds(30)])
    }

    @Test func requestsAreAlwaysWithinTheirBounds() {
        var random = SeededRandom()
        for _ in 0..<200 {
            let limit = Int.random(in: 1...4_096, using: &random)
            var sizer = sizer(limit)
            for _ in 0..<50 {
                let request = sizer.request()
                #expect((1...limit).contains(request.limit))
                #expect(request.shortestLease == .seconds(5))
                for _ in 0..<min(request.limit, 20) {
                    sizer.taskTook(
                        .random(in: 0...10_000_000_000, using: &random), kind: .random(in: 0..<4, using: &random),
                        name: "k")
                }
                sizer.claimEnded(size: .random(in: 1...request.limit, using: &random))
            }
        }
    }
}
