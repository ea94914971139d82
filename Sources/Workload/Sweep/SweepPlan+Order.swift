extension SweepPlan {
    /// All runs in the order in which they are made: one repetition of every cell, shuffled, before the next, so that
    /// what changes with time (heat, neighbours, a filling disk) falls on all cells alike. The seed decides it.
    package func order() -> [SweepTrial] {
        var seeds = SplitMix64(seed: seed)
        var random = RandomSource(seeds: &seeds)
        return (1...repetitions).flatMap { repetition in
            var cells = Array(0..<cellCount)
            // R. Durstenfeld, "Algorithm 235: Random permutation", 1964.
            for last in stride(from: cells.count - 1, to: 0, by: -1) {
                cells.swapAt(last, Int(random.below(UInt64(last + 1))))
            }
            return cells.map { SweepTrial(cell: $0, repetition: repetition) }
        }
    }

    /// The runs that are still to be made, in order.
    ///
    /// - Parameter finished: the labels of each run that has ended, by the run's name. One whose labels are others than
    ///   the plan's is a run of another plan, and counts for nothing.
    package func remaining(finished: [String: [String]]) -> [SweepTrial] {
        order().filter { finished[name(of: $0)] != labels(of: $0.cell) }
    }
}
