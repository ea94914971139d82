/// Draws the parameters of one entry of a mix, in steps (n, or microseconds); made once a plan.
///
/// Constant time and no allocation a sample.
enum ParameterSampler: Sendable {
    /// Always this one.
    case fixed(Int64)
    /// `count` values from the lowest on, equally often.
    case uniform(lowest: Int64, count: UInt64)
    /// `lowest` and so many `step`s as the table says.
    case table(AliasTable, lowest: Int64, step: Int64)
    /// Exponential with that mean, cut to the greatest.
    case exponential(mean: Double, greatest: Double)
    /// `median` times e to the power of sigma times a normal number, cut to the greatest.
    case lognormal(median: Double, sigma: Double, greatest: Double)

    /// The sampler of a distribution that was checked for `kind`.
    init(_ distribution: Distribution, for kind: TaskKind) {
        let steps = Double(kind.stepsPerUnit)
        switch distribution {
        case .fixed(let value):
            self = .fixed(Int64((value * steps).rounded()))
        case .uniform(let range):
            let lowest = Int64((range.lowerBound * steps).rounded())
            let highest = Int64((range.upperBound * steps).rounded())
            self = .uniform(lowest: lowest, count: UInt64(highest - lowest) + 1)
        case .zipf(let range, let exponent):
            let ranks = 1...(range.upperBound - range.lowerBound + 1)
            let weights = ranks.map { PortableMath.exp(-exponent * PortableMath.log(Double($0))) }
            let lowest = Int64(range.lowerBound) * kind.stepsPerUnit
            self = .table(AliasTable(weights: weights), lowest: lowest, step: kind.stepsPerUnit)
        case .exponential(let mean):
            self = .exponential(mean: mean * steps, greatest: kind.greatestParameter * steps)
        case .lognormal(let median, let sigma):
            self = .lognormal(median: median * steps, sigma: sigma, greatest: kind.greatestParameter * steps)
        }
    }

    /// Draws a parameter.
    func sample(using random: inout RandomSource) -> Int64 {
        switch self {
        case .fixed(let value):
            value
        case .uniform(let lowest, let count):
            lowest + Int64(random.below(count))
        case .table(let table, let lowest, let step):
            lowest + Int64(table.sample(using: &random)) * step
        case .exponential(let mean, let greatest):
            Int64(min(mean * random.exponential(), greatest).rounded())
        case .lognormal(let median, let sigma, let greatest):
            Int64(min(median * PortableMath.exp(sigma * random.normal()), greatest).rounded())
        }
    }
}
