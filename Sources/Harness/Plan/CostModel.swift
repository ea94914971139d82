import Measurement

/// What a task costs, as sums of a few terms whose coefficients were fitted to what was measured.
///
/// A task costs something by itself and its share of what each claim and each batch costs; a server of a Cluster looks at each
/// command a little longer; of several shards each claim is now and then acked by a round trip of its own; a server costs something
/// while nobody asks for anything. As fast as can be, throughput is what the host's processors carry, or what the workers ask for
/// between two round trips.
package struct CostModel: Sendable {
    /// A term of a figure, and its coefficient.
    package struct Term: Sendable, Equatable {
        /// What it counts.
        package let name: String
        /// By how much.
        package let coefficient: Double
    }

    private let fits: [CostFigure: RelativeFit]
    /// How much of the processors' time is the servers' and the workers', as fast as can be.
    private let usedShare: Double
    private let processors: Int

    /// The model of these cells.
    ///
    /// - Parameter processors: how many the host had.
    /// - Throws: ``HarnessError/run(_:)`` when they don't determine it.
    package init(of cells: [CostCell], processors: Int) throws(HarnessError) {
        var fits: [CostFigure: RelativeFit] = [:]
        for figure in CostFigure.allCases where figure != .throughput {
            let seen = cells.compactMap { cell in cell.figures[figure].map { (cell.point, $0) } }
            guard
                let fit = RelativeFit(
                    terms: seen.map { Self.terms(of: figure, at: $0.0).map(\.value) }, values: seen.map(\.1))
            else { throw .run("\(seen.count) cells are too few for a model of \(figure.rawValue)") }
            fits[figure] = fit
        }
        (self.fits, self.processors) = (fits, processors)
        let shares = cells.compactMap { cell -> Double? in
            guard let rate = cell.figures[.throughput], cell.point.roundTripMicroseconds == 0 else { return nil }
            return rate * Self.microsecondsAtLimit(fits, cell.point) / 1e6 / Double(processors)
        }
        guard let share = shares.median else { throw .run("no cell goes as fast as can be: the study is not whole") }
        usedShare = share
    }

    /// What the model says of a figure at a point.
    package func value(of figure: CostFigure, at point: CostPoint) -> Double {
        if figure == .throughput { return throughput(at: point) }
        return fits[figure]?.value(of: Self.terms(of: figure, at: point).map(\.value)) ?? .nan
    }

    /// A figure's terms.
    package func terms(of figure: CostFigure) -> [Term] {
        if figure == .throughput { return [Term(name: "share of the processors", coefficient: usedShare)] }
        return zip(Self.terms(of: figure, at: CostPoint()), fits[figure]?.coefficients ?? []).map {
            Term(name: $0.name, coefficient: $1)
        }
    }

    /// What the host's processors carry, or what the workers ask for, if that is less.
    private func throughput(at point: CostPoint) -> Double {
        let cost = Self.microsecondsAtLimit(fits, point)
        let carried = Double(processors) * usedShare * 1e6 / cost
        guard point.roundTripMicroseconds > 0 else { return carried }
        // A turn is two round trips: one acks and claims, one enqueues.
        let turn = 2 * point.roundTripMicroseconds + Double(point.claim) * cost
        return min(carried, Double(point.workers * point.claim) * 1e6 / turn)
    }

    private static func microsecondsAtLimit(_ fits: [CostFigure: RelativeFit], _ point: CostPoint) -> Double {
        [CostFigure.redisAtLimit, .workerAtLimit].reduce(0) { sum, figure in
            sum + (fits[figure]?.value(of: terms(of: figure, at: point).map(\.value)) ?? .nan)
        }
    }

    private static func terms(of figure: CostFigure, at point: CostPoint) -> [(name: String, value: Double)] {
        let claim = 1 / Double(point.claim)
        let isCluster = point.servers > 1 || point.roundTripMicroseconds > 0
        let isDivided = point.shards > 1
        let task = ("a task", 1.0)
        let claims = [
            ("a claim", claim), ("a claim of several shards", isDivided ? claim : 0),
            ("a claim in a Cluster", isCluster ? claim : 0),
        ]
        return switch figure {
        case .redis: [task] + claims + [("a second of an idle server", Double(point.servers) / max(1, point.rate))]
        case .worker, .redisAtLimit, .workerAtLimit: [task] + claims
        case .bytes: [task] + claims.dropLast()
        case .memory: [task, ("a byte of payload", point.payload), ("a queue", 1 / Double(max(1, point.backlog)))]
        case .throughput: []
        }
    }
}
