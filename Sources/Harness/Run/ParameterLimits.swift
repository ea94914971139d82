import Fibonacci
package import Workload

/// Holds a mix against what the algorithms can compute: the one rule that neither the workload nor the algorithms can
/// know alone.
package enum ParameterLimits {
    /// An algorithm that goes on beyond this n may be given a distribution that ends nowhere.
    private static let farEnough = 1_000_000_000

    /// Throws what is wrong with the first entry of the mix that may not be.
    package static func check(_ mix: TaskMix, force: Bool) throws(WorkloadError) {
        for entry in mix.entries { try check(entry, force: force) }
    }

    /// Throws when the largest n is beyond the kind's algorithm, or beyond what that is allowed to take on, and when
    /// there is no largest n although the algorithm has an end: one n out of the tail would take for ever, or fail.
    ///
    /// - Parameter force: allows an n that an algorithm refuses unless it is forced.
    package static func check(_ entry: MixEntry, force: Bool) throws(WorkloadError) {
        guard let algorithm = TaskExecutor.algorithm(of: entry.kind) else { return }
        guard let largest = entry.distribution.largestIndex else {
            return try checkEndless(entry, algorithm, force: force)
        }
        do throws(FibonacciError) {
            if let limit = algorithm.largestIndex, largest > limit {
                throw .overflow(algorithm: algorithm.name, n: largest, largest: limit)
            }
            try algorithm.check(largest, force: force)
        } catch {
            throw .invalid(what: "n of \(entry.kind.name)", value: "\(largest)", allowed: error.allowedIndices)
        }
    }

    /// Throws when a parameter is beyond what the kind may have, as it is counted in tasks.
    ///
    /// - Parameter force: allows an n that an algorithm refuses unless it is forced.
    static func check(_ kind: TaskKind, _ parameter: Int64, force: Bool) throws(WorkloadError) {
        let written = Double(parameter) / Double(kind.stepsPerUnit)
        guard written <= kind.greatestParameter else {
            throw .invalid(
                what: "\(kind.parameterName) of \(kind.name)", value: "\(parameter)",
                allowed: "at most \(kind.greatestParameter)")
        }
        guard TaskExecutor.algorithm(of: kind) != nil else { return }
        try check(MixEntry(kind: kind, distribution: .fixed(written)), force: force)
    }

    private static func checkEndless(
        _ entry: MixEntry, _ algorithm: any FibonacciAlgorithm, force: Bool
    ) throws(WorkloadError) {
        let isForced = algorithm.unforcedLimit != nil && force
        guard let limit = algorithm.unforcedLimit ?? algorithm.largestIndex, limit < farEnough, !isForced else {
            return
        }
        throw .invalid(
            what: "n of \(entry.kind.name)", value: "\(entry.distribution)",
            allowed: "distributions that end by \(limit), such as \(limit), 1..\(limit) or zipf(1..\(limit),1.1)"
                + (algorithm.unforcedLimit == nil ? "" : ", and any with --force"))
    }
}

extension FibonacciError {
    /// Which indices would have been right.
    fileprivate var allowedIndices: String {
        switch self {
        case .overflow(_, _, let largest): "0 to \(largest)"
        case .unforced(_, _, let limit): "0 to \(limit), and larger ones with --force"
        case .negativeIndex, .unknownAlgorithm, .memory, .fixedFormat, .precision, .notOnThisProcessor: "\(self)"
        }
    }
}

extension Distribution {
    /// The largest index that it can give, where it has one.
    fileprivate var largestIndex: Int? {
        switch self {
        case .fixed(let value): Int(value)
        case .uniform(let range): Int(range.upperBound)
        case .zipf(let range, _): range.upperBound
        case .exponential, .lognormal: nil
        }
    }
}
