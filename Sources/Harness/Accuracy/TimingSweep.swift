import Fibonacci
package import Reporting

/// Time against n: each algorithm at 1, 2, 5, 10, 20, … within its range, as long as a call takes ten seconds or less.
package struct TimingSweep: Sendable {
    /// What a call may take, in nanoseconds, with a fifth to spare for the forecast.
    private static let longestCall = 8e9
    /// What the samples of a point may take together, the least number of them aside.
    private static let budget: UInt64 = 200_000_000
    private static let mostSamples = 101
    private static let leastSamples = 3
    /// Calls that together take this long are enough, however few.
    private static let longEnough: UInt64 = 2_000_000_000

    private let algorithms: [TimedAlgorithm]

    /// A sweep of the named algorithms up to `to`.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for an unknown name, for an algorithm that is not on this processor, or for a
    ///   `to` below 1.
    package init(_ names: [String], to: Int) throws(HarnessError) {
        guard to >= 1 else { throw .usage("--to \(to) leaves nothing to time: give 1 or more") }
        do throws(FibonacciError) {
            algorithms = try names.map { name throws(FibonacciError) in
                let algorithm = try AlgorithmRegistry.algorithm(named: name)
                try algorithm.check(1, force: true)
                return TimedAlgorithm(algorithm, to: to)
            }
        } catch {
            throw .usage("\(error)")
        }
    }

    /// Measures, algorithm by algorithm, n by n. The last n of one that takes too long for the next is the last that
    /// should take no more than ten seconds, where that is a tenth further on.
    package func run(
        _ runID: String, _ work: LongWork = .unattended, emit: (TimingRow) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        for algorithm in algorithms {
            work.report("timing \(algorithm.name) up to n = \(algorithm.limit)")
            var forecast = TimeForecast()
            var last = 0
            for next in Self.grid(to: algorithm.limit) {
                let n = forecast.lastIndex(upTo: next, within: Self.longestCall)
                guard n > last + last / 10 else { break }
                let row = try point(runID, algorithm, n, work)
                try emit(row)
                forecast.add(n, row.medianNanoseconds)
                last = n
                if n < next { break }
            }
        }
    }

    /// Where algorithms with exact results change places, by those timings and further ones between them.
    package func crossovers(
        _ runID: String, _ timings: [TimingRow], _ work: LongWork = .unattended
    ) throws(HarnessError) -> [CrossoverRow] {
        work.report("bisecting crossovers")
        let exact = algorithms.filter(\.isExact)
        var rows: [CrossoverRow] = []
        for (index, first) in exact.enumerated() {
            for second in exact.dropFirst(index + 1) {
                try work.checkpoint()
                guard let found = try CrossoverSearch(first, second, timings).find() else { continue }
                rows.append(
                    CrossoverRow(
                        key: .study(runID), algorithm: found.slower.name, overtakenBy: found.faster.name, n: found.n))
            }
        }
        return rows
    }

    private func point(
        _ runID: String, _ algorithm: TimedAlgorithm, _ n: Int, _ work: LongWork
    ) throws(HarnessError) -> TimingRow {
        let batch = try algorithm.batch(at: n)
        var samples = [batch.nanosecondsPerCall]
        var spent = batch.nanoseconds
        while samples.count < Self.leastSamples && spent < Self.longEnough
            || samples.count < Self.mostSamples && spent < Self.budget
        {
            try work.checkpoint()
            let time = try algorithm.nanoseconds(at: n, calls: batch.calls)
            spent += time
            samples.append(Double(time) / Double(batch.calls))
        }
        samples.sort()
        return TimingRow(
            key: .study(runID), algorithm: algorithm.name, precisionBits: algorithm.algorithm(at: n).precisionBits,
            n: n, samples: samples.count, medianNanoseconds: samples[samples.count / 2], minNanoseconds: samples[0])
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
