import Foundation
import Measurement

/// What a task costs, as sums of a few terms whose coefficients were fitted to what was measured.
///
/// A task costs something by itself and its share of what each claim and each batch costs. Of several shards each claim is now and then
/// acked by a round trip of its own, and claims or batches of many tasks need a transaction. Who is asked more often does each thing
/// for less, perhaps because caches are still warm: CPU time is multiplied by a power of the time from one claim to the next, at a
/// server or on the workers' host. Throughput is what the workers ask for: a turn of a worker takes its round trips, and its share of
/// its server and of the host's processors.
package struct CostModel: Sendable {
    /// A term of a figure, and its coefficient.
    package struct Term: Sendable, Equatable {
        /// What it counts.
        package let name: String
        /// By how much.
        package let coefficient: Double
    }

    /// A figure's coefficients, and the power of the time between claims that they are multiplied by.
    private struct Fit {
        let coefficients: RelativeFit
        var exponent = 0.0
    }

    /// Powers that are tried, of which the best one is taken.
    private static let exponents = Array(stride(from: 0.0, through: 0.6, by: 0.01))

    private let fits: [CostFigure: Fit]
    private let turn: RelativeFit
    private let processors: Int

    /// The model of these cells.
    ///
    /// - Parameter processors: how many the host had.
    /// - Throws: ``HarnessError/run(_:)`` when they don't determine it.
    package init(of cells: [CostCell], processors: Int) throws(HarnessError) {
        var fits: [CostFigure: Fit] = [:]
        for figure in CostFigure.allCases where figure != .throughput {
            let seen = cells.compactMap { cell in cell.figures[figure].map { (point: cell.point, value: $0) } }
            let candidates = (figure.gap == nil ? [0] : Self.exponents).compactMap { exponent in
                RelativeFit(
                    terms: seen.map { Self.values(of: figure, at: $0.point, exponent) }, values: seen.map(\.value)
                ).map { Fit(coefficients: $0, exponent: exponent) }
            }
            let best = candidates.min { one, other in
                Self.error(of: one, figure, seen) < Self.error(of: other, figure, seen)
            }
            guard let best else { throw .run("\(seen.count) cells are too few for a model of \(figure.rawValue)") }
            fits[figure] = best
        }
        self.fits = fits
        self.processors = processors
        let limits = cells.compactMap { cell in cell.figures[.throughput].map { (point: cell.point, rate: $0) } }
        let turns = limits.map { Self.turnTerms(at: $0.point, fits, processors).map(\.value) }
        guard
            let turn = RelativeFit(
                terms: turns, values: limits.map { Double($0.point.workers * $0.point.claim) * 1e6 / $0.rate })
        else { throw .run("too few cells go as fast as can be: the study is not whole") }
        self.turn = turn
    }

    /// What the model says of a figure at a point. As fast as can be, what a task costs is that at the point's rate.
    package func value(of figure: CostFigure, at point: CostPoint) -> Double {
        if figure == .throughput { return throughput(at: point) }
        return fits[figure].map { Self.value(of: figure, by: $0, at: point) } ?? .nan
    }

    /// A figure's terms.
    package func terms(of figure: CostFigure) -> [Term] {
        if figure == .throughput {
            return Self.named(Self.turnTerms(at: CostPoint(), fits, processors), turn)
        }
        guard let fit = fits[figure] else { return [] }
        let terms = Self.named(Self.terms(of: figure, at: CostPoint()), fit.coefficients)
        guard let gap = figure.gap else { return terms }
        return terms + [Term(name: "power of the seconds between \(gap.rawValue)", coefficient: fit.exponent)]
    }

    /// What a task costs, in microseconds, where tasks come as fast as processors are used to a share: by it, and by what else each
    /// needs.
    ///
    /// - Parameters:
    ///   - point: a single server or host, whose rate is ignored.
    ///   - share: how many processors are used.
    ///   - besides: what each task needs of them besides, in microseconds.
    package func microseconds(
        of figure: CostFigure, at point: CostPoint, usingProcessors share: Double, besides: Double = 0
    ) -> Double {
        // The rate is the share divided by the cost, and the cost falls with a power of the rate, since claims come the sooner: of less
        // than 1, so each step brings it nearer.
        var (point, cost) = (point, 1.0)
        for _ in 0..<100 {
            point.rate = share * 1e6 / (cost + besides)
            cost = value(of: figure, at: point)
        }
        return cost
    }

    /// The rate at which the turns of all workers take as long as they do at that rate.
    private func throughput(at point: CostPoint) -> Double {
        var point = point
        point.rate = 1e5
        for _ in 0..<100 {
            let microseconds = turn.value(of: Self.turnTerms(at: point, fits, processors).map(\.value))
            point.rate = (point.rate + Double(point.workers * point.claim) * 1e6 / microseconds) / 2
        }
        return point.rate
    }

    private typealias NamedValue = (name: String, value: Double)

    private static func named(_ terms: [NamedValue], _ fit: RelativeFit) -> [Term] {
        zip(terms, fit.coefficients).map { Term(name: $0.name, coefficient: $1) }
    }

    /// What a turn of a worker takes while all the others take theirs, in microseconds.
    private static func turnTerms(
        at point: CostPoint, _ fits: [CostFigure: Fit], _ processors: Int
    ) -> [NamedValue] {
        func cost(_ figure: CostFigure) -> Double {
            fits[figure].map { value(of: figure, by: $0, at: point) } ?? .nan
        }
        let (redis, tasks) = (cost(.redisAtLimit), Double(point.workers * point.claim))
        return [
            ("a round trip", point.roundTripMicroseconds),
            ("a worker's share of the processors", tasks * (redis + cost(.workerAtLimit)) / Double(processors)),
            ("a worker's share of a server", tasks * redis / Double(point.servers)),
            // What makes the way longer is a thread on the same processors.
            ("a relay", point.roundTripMicroseconds > 0 ? 1 : 0),
        ]
    }

    private static func value(of figure: CostFigure, by fit: Fit, at point: CostPoint) -> Double {
        fit.coefficients.value(of: values(of: figure, at: point, fit.exponent))
    }

    private static func error(
        of fit: Fit, _ figure: CostFigure, _ seen: [(point: CostPoint, value: Double)]
    ) -> Double {
        seen.reduce(0) { sum, cell in
            let error = value(of: figure, by: fit, at: cell.point) / cell.value - 1
            return sum + error * error
        }
    }

    /// The terms' values, multiplied by the power of the time between claims.
    private static func values(of figure: CostFigure, at point: CostPoint, _ exponent: Double) -> [Double] {
        let factor = figure.gap.map { pow(point.seconds(between: $0), exponent) } ?? 1
        return terms(of: figure, at: point).map { $0.value * factor }
    }

    private static func terms(of figure: CostFigure, at point: CostPoint) -> [NamedValue] {
        let (task, claim) = (("a task", 1.0), 1 / Double(point.claim))
        return switch figure {
        case .redis, .worker, .redisAtLimit, .workerAtLimit, .bytes:
            [task, ("a claim", claim), ("a claim of several shards", point.shards > 1 ? claim : 0)]
                + (point.manyTasks.map { [("a claim of many tasks", point.claim >= $0 ? claim : 0)] } ?? [])
        case .memory: [task, ("a byte of payload", point.payload), ("a queue", 1 / Double(max(1, point.backlog)))]
        case .throughput: []
        }
    }
}
