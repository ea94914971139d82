import Foundation
import Measurement

/// What a task costs, as sums of a few terms whose coefficients were fitted to what was measured.
///
/// A task costs something by itself and its share of what each claim and each batch costs. Of several shards each claim is now and then
/// acked by a round trip of its own, and claims or batches of many tasks are a transaction. At a pace, a worker needs something in
/// every second, however little there is to do, and more for claims whose answers are soon there. Who is asked more often does each
/// thing for less, perhaps because caches are still warm: CPU time is multiplied by a power of the time from one claim to the next,
/// at a server or on the workers' host. Throughput is what the workers ask for: a turn of a worker takes its round trips, and its
/// share of its server and of the host's processors.
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

    /// At such a distance a server is half as near as beside the worker.
    private static let nearMicroseconds = 1_000.0

    /// Powers that are tried, of which the best one is taken.
    private static let exponents = Array(stride(from: 0.0, through: 0.6, by: 0.01))

    /// Where the cells were measured.
    package struct Setting: Sendable {
        /// How many processors the host had.
        package let processors: Int
        /// From so many tasks on a claim or a batch is a transaction; `nil` where it never is.
        package let manyTasks: Int?

        /// A setting of these values.
        package init(processors: Int, manyTasks: Int?) { (self.processors, self.manyTasks) = (processors, manyTasks) }
    }

    /// Where its cells were measured.
    package let setting: Setting
    private let fits: [CostFigure: Fit]
    private let turn: RelativeFit

    /// The model of these cells.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when they don't determine it.
    package init(of cells: [CostCell], in setting: Setting) throws(HarnessError) {
        var fits: [CostFigure: Fit] = [:]
        for figure in CostFigure.allCases where figure != .throughput {
            let seen = cells.compactMap { cell in cell.figures[figure].map { (point: cell.point, value: $0) } }
            let candidates = (figure.gap == nil ? [0] : Self.exponents).compactMap { exponent in
                RelativeFit(
                    terms: seen.map { Self.values(of: figure, at: $0.point, exponent, setting) },
                    values: seen.map(\.value)
                ).map { Fit(coefficients: $0, exponent: exponent) }
            }
            let best = candidates.min { one, other in
                Self.error(of: one, figure, seen, setting) < Self.error(of: other, figure, seen, setting)
            }
            guard let best else { throw .run("\(seen.count) cells are too few for a model of \(figure.rawValue)") }
            fits[figure] = best
        }
        self.fits = fits
        self.setting = setting
        let limits = cells.compactMap { cell in cell.figures[.throughput].map { (point: cell.point, rate: $0) } }
        let turns = limits.map { Self.turnTerms(at: $0.point, fits, setting).map(\.value) }
        guard
            let turn = RelativeFit(
                terms: turns, values: limits.map { Double($0.point.workers * $0.point.claim) * 1e6 / $0.rate })
        else { throw .run("too few cells go as fast as can be: the study is not whole") }
        self.turn = turn
    }

    /// What the model says of a figure at a point. As fast as can be, what a task costs is that at the point's rate.
    package func value(of figure: CostFigure, at point: CostPoint) -> Double {
        if figure == .throughput { return throughput(at: point) }
        return fits[figure].map { Self.value(of: figure, by: $0, at: point, setting) } ?? .nan
    }

    /// A figure's terms.
    package func terms(of figure: CostFigure) -> [Term] {
        if figure == .throughput {
            return Self.named(Self.turnTerms(at: CostPoint(), fits, setting), turn)
        }
        guard let fit = fits[figure] else { return [] }
        let terms = Self.named(Self.terms(of: figure, at: CostPoint(), setting), fit.coefficients)
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
        // The rate is the share divided by the cost, and the cost falls with a power of the rate of less than 1, since claims come the
        // sooner: each step brings it nearer.
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
            let microseconds = turn.value(of: Self.turnTerms(at: point, fits, setting).map(\.value))
            point.rate = (point.rate + Double(point.workers * point.claim) * 1e6 / microseconds) / 2
        }
        return point.rate
    }

    private typealias NamedValue = (name: String, value: Double)

    private static func named(_ terms: [NamedValue], _ fit: RelativeFit) -> [Term] {
        precondition(terms.count == fit.coefficients.count, "a name for each coefficient")
        return zip(terms, fit.coefficients).map { Term(name: $0.name, coefficient: $1) }
    }

    /// What a turn of a worker takes while all the others take theirs, in microseconds.
    private static func turnTerms(
        at point: CostPoint, _ fits: [CostFigure: Fit], _ setting: Setting
    ) -> [NamedValue] {
        func cost(_ figure: CostFigure) -> Double {
            fits[figure].map { value(of: figure, by: $0, at: point, setting) } ?? .nan
        }
        let (redis, tasks) = (cost(.redisAtLimit), Double(point.workers * point.claim))
        let isFar = point.roundTripMicroseconds > 0
        return [
            ("a round trip", point.roundTripMicroseconds),
            ("a worker's share of the processors", tasks * (redis + cost(.workerAtLimit)) / Double(setting.processors)),
            ("a worker's share of a server", tasks * redis / Double(point.servers)),
            // What makes the way longer is a thread for each server, on the same processors.
            ("a longer way", isFar ? 1 : 0), ("a relay of each server", isFar ? Double(point.servers) : 0),
        ]
    }

    private static func value(
        of figure: CostFigure, by fit: Fit, at point: CostPoint, _ setting: Setting
    ) -> Double {
        fit.coefficients.value(of: values(of: figure, at: point, fit.exponent, setting))
    }

    private static func error(
        of fit: Fit, _ figure: CostFigure, _ seen: [(point: CostPoint, value: Double)], _ setting: Setting
    ) -> Double {
        seen.reduce(0) { sum, cell in
            let error = value(of: figure, by: fit, at: cell.point, setting) / cell.value - 1
            return sum + error * error
        }
    }

    /// The terms' values, multiplied by the power of the time between claims.
    private static func values(
        of figure: CostFigure, at point: CostPoint, _ exponent: Double, _ setting: Setting
    ) -> [Double] {
        let factor = figure.gap.map { pow(point.seconds(between: $0), exponent) } ?? 1
        return terms(of: figure, at: point, setting).map { $0.value * factor }
    }

    /// What else a worker needs at a pace.
    private static func paceTerms(at point: CostPoint) -> [NamedValue] {
        let nearness = nearMicroseconds / (nearMicroseconds + point.roundTripMicroseconds)
        return [
            ("a worker's second", Double(point.workers) / max(1, point.rate)),
            ("a claim from nearby", nearness / Double(point.claim)),
        ]
    }

    private static func terms(of figure: CostFigure, at point: CostPoint, _ setting: Setting) -> [NamedValue] {
        let (task, claim) = (("a task", 1.0), 1 / Double(point.claim))
        return switch figure {
        case .redis, .worker, .redisAtLimit, .workerAtLimit, .bytes:
            [task, ("a claim", claim), ("a claim of several shards", point.shards > 1 ? claim : 0)]
                + (setting.manyTasks.map { [("a claim of many tasks", point.claim >= $0 ? claim : 0)] } ?? [])
                + (figure == .worker ? paceTerms(at: point) : [])
        case .memory: [task, ("a byte of payload", point.payload), ("a queue", 1 / Double(max(1, point.backlog)))]
        case .throughput: []
        }
    }
}
