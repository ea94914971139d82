package import ReliableQueue

/// The trials of a study of scale, in their order.
package enum ScalePlan {
    /// Servers and shards: on one server, and on more.
    private static let spreads = [(1, 1), (1, 2), (1, 4), (1, 8), (2, 2), (2, 4), (2, 8), (4, 4), (4, 8)]
    /// The two that everything else is varied on: one shard on one server, and one on each of four.
    private static let ends = [(1, 1), (4, 4)]

    /// How many times the usual pace is taken up to see what pace does.
    private static let brisk = 4

    /// Every shape once: paced ones over all spreads and claims, over round trips, and over workers; some at a brisker pace; the
    /// ends with the plainest protocol, whose claims and batches are a pop and a push, to see what of a difference is the
    /// queue's; then those at the limit.
    package static func shapes(rate: Int, _ queueProtocol: QueueProtocol) -> [ScaleShape] {
        var shapes: [ScaleShape] = []
        func add(
            _ kind: String, _ spreads: [(Int, Int)], claims: [Int], rate: Int?,
            _ adjust: (inout ScaleShape) -> Void = { _ in }
        ) {
            for (servers, shards) in spreads {
                for claim in claims {
                    var shape = ScaleShape(
                        kind, servers: servers, shards: shards, claim: claim, rate: rate, queueProtocol)
                    adjust(&shape)
                    if !shapes.contains(shape) { shapes.append(shape) }
                }
            }
        }
        add("paced", spreads, claims: [4, 16, 64, 256], rate: rate)
        for microseconds in [200, 1_000, 5_000] {
            add("paced", ends, claims: [64, 256], rate: rate) { $0.roundTripMicroseconds = microseconds }
        }
        for workers in [2, 32] { add("paced", ends, claims: [16, 64], rate: rate) { $0.workers = workers } }
        add("brisk", ends, claims: [64, 256], rate: rate * brisk)
        if queueProtocol != .pop {
            add("plain", ends, claims: [4, 16, 64, 256], rate: rate) { $0.queueProtocol = .pop }
            add("plain-brisk", ends, claims: [64, 256], rate: rate * brisk) { $0.queueProtocol = .pop }
        }
        add("limit", spreads, claims: [16, 256], rate: nil)
        for microseconds in [200, 1_000, 5_000] {
            add("limit", ends, claims: [16, 64, 256], rate: nil) { $0.roundTripMicroseconds = microseconds }
        }
        return shapes
    }

    /// All trials, each repetition going through every shape: forwards in the odd ones and backwards in the even ones, so that
    /// a machine that slowly changes its pace prefers none.
    package static func trials(
        _ shapes: [ScaleShape], repetitions: Int
    ) -> [(shape: ScaleShape, repetition: Int)] {
        (1...repetitions).flatMap { repetition in
            (repetition.isMultiple(of: 2) ? shapes.reversed() : shapes).map { ($0, repetition) }
        }
    }
}
