import Harness
import TestSupport
import Testing

/// How long a run stood still.
@Suite struct AckTimesTests {
    private let acks = AckTimes([50, 10, 20, 21, 90, 300])

    @Test(
        arguments: [
            // The gap that ends with the first ack after the end counts, and none after it.
            (10, 20, 10), (10, 21, 10), (10, 22, 29), (10, 50, 29), (0, 60, 40), (0, 91, 210),
            // What was before the start does not.
            (45, 50, 5), (45, 51, 40), (60, 60, 30), (20, 20, 0), (300, 300, 0),
        ] as [(UInt64, UInt64, UInt64)]) func theLongestGap(start: UInt64, end: UInt64, gap: UInt64)
    {
        #expect(acks.longestGap(from: start, to: end) == gap)
    }

    @Test func nobodyKnowsWhereNoAckCameAfterwards() {
        #expect(acks.longestGap(from: 10, to: 301) == nil)
        #expect(acks.longestGap(from: 301, to: 301) == nil)
        #expect(AckTimes([]).longestGap(from: 0, to: 0) == nil)
    }

    /// The same by looking at every pair.
    @Test func anyTimes() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<300 {
            let times = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                UInt64.random(in: 0...100, using: &random)
            }
            let start = UInt64.random(in: 0...100, using: &random)
            let end = UInt64.random(in: start...100, using: &random)
            let after = times.filter { $0 >= end }.min()
            let expected = after.map { last in
                let inside = ([start] + times.filter { (start...last).contains($0) }).sorted()
                return zip(inside, inside.dropFirst()).map { $1 - $0 }.max() ?? 0
            }
            #expect(AckTimes(times).longestGap(from: start, to: end) == expected, "\(times) \(start) \(end)")
        }
    }
}
