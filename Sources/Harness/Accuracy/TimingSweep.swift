import Fibonacci
package import Reporting

/// Time against n: each algorithm at 1, 2, 5, 10, 20, … within its range, until a point takes more than ten seconds.
package struct TimingSweep: Sendable {
    /// What a point may take, in nanoseconds, and what its samples may take together.
    private static let longestCall = 10e9
    private static let budget: UInt64 = 200_000_000

    private let algorithms: [TimedAlgorithm]

    /// A sweep of the named algorithms up to `to`.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for an unknown name, or a `to` below 1.
    package init(_ names: [String], to: Int) throws(HarnessError) {
        guard to >= 1 else { throw .usage("--to \(to) leaves nothing to time: give 1 or more") }
        do throws(FibonacciError) {
            algorithms = try names.map { name throws(FibonacciError) in
                TimedAlgorithm(try AlgorithmRegistry.algorithm(named: name), to: to)
            }
        } catch {
            throw .usage("\(error)")
        }
    }

    /// Measures, algorithm by algorithm; `progress` is told what comes next.
    package func timings(_ runID: String, progress: (String) -> Void) throws(HarnessError) -> [TimingRow] {
        var rows: [TimingRow] = []
        for algorithm in algorithms {
            progress("timing \(algorithm.name) up to n = \(algorithm.limit)")
            var last: (n: Int, time: Double)?
            for n in Self.grid(to: algorithm.limit) {
                // No algorithm here but the recursive one, which ends early, grows faster than n².
                if let last, last.time * pow2(n, last.n) > Self.longestCall { break }
                let row = try point(runID, algorithm, n)
                rows.append(row)
                last = (n, row.medianNanoseconds)
            }
        }
        return rows
    }

    /// Where algorithms with exact results change places, by those timings and further ones between them.
    package func crossovers(
        _ runID: String, _ timings: [TimingRow], progress: (String) -> Void
    ) throws(HarnessError) -> [CrossoverRow] {
        progress("bisecting crossovers")
        let exact = algorithms.filter(\.isExact)
        var rows: [CrossoverRow] = []
        for (index, first) in exact.enumerated() {
            for second in exact.dropFirst(index + 1) {
                let search = CrossoverSearch(first, second, timings)
                guard let found = try search.find() else { continue }
                rows.append(
                    CrossoverRow(
                        key: .study(runID), algorithm: found.slower.name, overtakenBy: found.faster.name, n: found.n))
            }
        }
        return rows
    }

    private func pow2(_ n: Int, _ last: Int) -> Double {
        let ratio = Double(n) / Double(last)
        return ratio * ratio
    }

    private func point(_ runID: String, _ algorithm: TimedAlgorithm, _ n: Int) throws(HarnessError) -> TimingRow {
        let calls = try algorithm.batch(at: n)
        var samples: [Double] = []
        var spent: UInt64 = 0
        while samples.count < 3 || (spent < Self.budget && samples.count < 101) {
            let time = try algorithm.nanoseconds(at: n, calls: calls)
            spent += time
            samples.append(Double(time) / Double(calls))
            if time > 1_000_000_000 { break }
        }
        samples.sort()
        return TimingRow(
            key: .study(runID), algorithm: algorithm.name, precisionBits: algorithm.algorithm(at: n).precisionBits,
            n: n,
            samples: samples.count, medianNanoseconds: samples[samples.count / 2], minNanoseconds: samples[0])
    }

    /// 1, 2, 5, 10, … and the limit itself.
    static func grid(to limit: Int) -> [Int] {
        var points: [Int] = []
        var decade = 1
        while decade <= limit {
            points += [1, 2, 5].map { $0 * decade }.filter { $0 < limit }
            decade *= 10
        }
        return points + [limit]
    }
}

extension RunKey {
    /// The key of a row that belongs to no cell of its own.
    static func study(_ runID: String) -> RunKey { RunKey(runID: runID, cellID: runID, repetition: 1) }
}
