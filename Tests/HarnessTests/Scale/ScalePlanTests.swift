import Harness
import Redis
import ReliableQueue
import Testing

/// What a study of scale tries, and where its shards lie. No server.
@Suite struct ScalePlanTests {
    @Test func everyShapeIsTriedOnceARepetition() {
        let shapes = ScalePlan.shapes(rate: 1_000, .lease)
        #expect(Set(shapes).count == shapes.count)
        #expect(Set(shapes.map(\.cell)).count == shapes.count)
        #expect(Set(shapes.map(\.shards)) == [1, 2, 4, 8])
        #expect(Set(shapes.map(\.servers)) == [1, 2, 4])
        #expect(Set(shapes.map(\.roundTripMicroseconds)) == [0, 200, 1_000, 5_000])
        #expect(Set(shapes.map(\.rate)) == [nil, 1_000, 4_000])
        // What the plainest protocol needs is held against it at the same pace.
        let plain = shapes.filter { $0.queueProtocol == .pop }
        #expect(
            plain.allSatisfy { shape in
                shapes.contains { $0.queueProtocol == .lease && $0.layout == shape.layout && $0.rate == shape.rate }
            })
        #expect(!plain.isEmpty && !ScalePlan.shapes(rate: 1_000, .pop).contains { $0.cell.hasPrefix("plain") })
        let trials = ScalePlan.trials(shapes, repetitions: 3)
        #expect(trials.count == 3 * shapes.count)
        // Forwards, then backwards.
        #expect(trials[shapes.count - 1].shape == trials[shapes.count].shape)
    }

    @Test(arguments: [(1, 1), (8, 1), (2, 2), (8, 2), (4, 4), (8, 4)])
    func shardsAreSpreadEvenly(shards: Int, servers: Int) {
        let name = SpreadName.find("fibq:test", shards: shards, servers: servers)
        let keys = (0..<shards).map { "{\($0 == 0 ? name : "\(name)/\($0)")}:pending" }
        let nodes = keys.map { key in
            (0..<servers).first { HashSlot(of: key).number < ($0 + 1) * HashSlot.count / servers } ?? -1
        }
        let counts = (0..<servers).map { server in nodes.filter { $0 == server }.count }
        #expect(counts == Array(repeating: shards / servers, count: servers))
    }
}

extension ScaleShape {
    fileprivate var layout: [Int] { [servers, shards, workers, claim, roundTripMicroseconds] }
}
