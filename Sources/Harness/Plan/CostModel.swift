import Foundation
import Measurement

/// What a task costs, as sums of a few terms whose coefficients were fitted to what was measured.
///
/// A task costs something by itself and its share of what each claim and each batch costs. A server that is asked more often does
/// each thing for less, perhaps because its caches are still warm: all of that is multiplied by a power of the time from one claim to the
/// next at a server. At a pace, a server of a Cluster looks at each command a little longer, and of several shards each claim is now
/// and then acked by a round trip of its own. Throughput is what the workers ask for: a turn of a worker takes its round trips, and
/// its share of the host's processors.
package struct CostModel: Sendable {
    /// A term of a figure, and its coefficient.
    package struct Term: Sendable, Equatable {
        /// What it counts.
        package let name: String
        /// By how much.
        package let coefficient: Double
    }

    /// A figure's coefficients, and the power of the time between a server's claims that they are multiplied by.
    private struct Fit {
        let coefficients: RelativeFit
        var exponent = 0.0
    }

    /// Powers that are tried, of which the best one is taken.
    private static let exponents = stride(from: 0.0, through: 0.6, by: 0.01)

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
            let candidates = (figure.isOfProcessors ? Array(Self.exponents) : [0]).compactMap { exponent in
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
        let costs = limits.map { Self.cost(fits, at: $0.point) }
        let turns = zip(limits, costs).map { limit, cost in Self.turnTerms(at: limit.point, cost, processors) }
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
        guard figure != .throughput else {
            return zip(["a round trip", "a worker's share of the processors", "a relay"], turn.coefficients).map {
                Term(name: $0, coefficient: $1)
            }
        }
        guard let fit = fits[figure] else { return [] }
        let terms = zip(Self.terms(of: figure, at: CostPoint()), fit.coefficients.coefficients).map {
            Term(name: $0.name, coefficient: $1)
        }
        guard figure.isOfProcessors else { return terms }
        return terms + [Term(name: "power of the seconds between a server's claims", coefficient: fit.exponent)]
    }

    /// What a task costs Redis on a server that is as busy as that, in microseconds: a load that each of many servers carries.
    ///
    /// - Parameter share: how much of a processor the server uses.
    package func redisMicroseconds(at point: CostPoint, usedShare share: Double) -> Double {
        guard let fit = fits[.redisAtLimit] else { return .nan }
        // The load is the share divided by the cost, and the cost falls with a power of the load: claims come the sooner.
        var point = point
        point.rate = Double(point.servers)
        let atOne = Self.value(of: .redisAtLimit, by: fit, at: point)
        let load = pow(share * 1e6 / atOne, 1 / (1 - fit.exponent))
        return share * 1e6 / load
    }

    /// The rate at which the turns of all workers take as long as they do at that rate.
    private func throughput(at point: CostPoint) -> Double {
        var point = point
        point.rate = 1e5
        for _ in 0..<100 {
            let cost = Self.cost(fits, at: point)
            let microseconds = turn.value(of: Self.turnTerms(at: point, cost, processors))
            point.rate = (point.rate + Double(point.workers * point.claim) * 1e6 / microseconds) / 2
        }
        return point.rate
    }

    private static func turnTerms(at point: CostPoint, _ cost: Double, _ processors: Int) -> [Double] {
        [
            point.roundTripMicroseconds, Double(point.workers * point.claim) * cost / Double(processors),
            // What makes the way longer is a thread on the same processors.
            point.roundTripMicroseconds > 0 ? 1 : 0,
        ]
    }

    /// What a task costs servers and workers together, as fast as can be.
    private static func cost(_ fits: [CostFigure: Fit], at point: CostPoint) -> Double {
        [CostFigure.redisAtLimit, .workerAtLimit].reduce(0) { sum, figure in
            sum + (fits[figure].map { value(of: figure, by: $0, at: point) } ?? .nan)
        }
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
        let factor = exponent == 0 ? 1 : pow(point.secondsBetweenClaims, exponent)
        return terms(of: figure, at: point).map { $0.value * factor }
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
        case .redis, .worker: [task] + claims
        case .redisAtLimit, .workerAtLimit: [task, claims[0]]
        case .bytes: [task] + claims.dropLast()
        case .memory: [task, ("a byte of payload", point.payload), ("a queue", 1 / Double(max(1, point.backlog)))]
        case .throughput: []
        }
    }
}
