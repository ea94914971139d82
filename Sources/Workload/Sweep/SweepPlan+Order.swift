extension SweepPlan {
    /// The runs that every cell has, in the order in which they are made: one repetition of every cell, shuffled, before the
    /// next, so that what changes with time (heat, neighbours, a filling disk) falls on all cells alike. The seed decides it.
    package func order() -> [SweepTrial] {
        var shuffles = SweepShuffles(self)
        return (1...repetitions).flatMap { repetition in
            shuffles.next().map { SweepTrial(cell: $0, repetition: repetition) }
        }
    }

    /// The runs that every cell has, and after them those of the further repetitions that have ended, in the order in which
    /// they are made.
    package func order(ended: [SweepTrial]) -> [SweepTrial] {
        let further = Set(ended.filter { $0.repetition > repetitions })
        guard let last = further.map(\.repetition).max() else { return order() }
        var shuffles = SweepShuffles(self)
        return (1...last).flatMap { repetition in
            shuffles.next().map { SweepTrial(cell: $0, repetition: repetition) }
                .filter { repetition <= repetitions || further.contains($0) }
        }
    }

    /// Those that every cell has and that are still to be made, in order.
    ///
    /// - Parameter finished: the labels of each run that has ended, by the run's name. One whose labels are others than
    ///   the plan's is a run of another plan, and counts for nothing.
    package func remaining(finished: [String: [String]]) -> [SweepTrial] {
        order().filter { finished[name(of: $0)] != labels(of: $0.cell) }
    }

    /// Those of all runs that the plan may have that have ended, by cell and repetition.
    ///
    /// - Parameter finished: as for ``remaining(finished:)``.
    package func ended(finished: [String: [String]]) -> [SweepTrial] {
        (0..<cellCount).flatMap { cell in
            let labels = labels(of: cell)
            return (1...mostRepetitions).lazy.map { SweepTrial(cell: cell, repetition: $0) }
                .filter { finished[name(of: $0)] == labels }
        }
    }
}

/// The order of the cells in each repetition, one after the other: as the plan's seed has it, on every machine.
struct SweepShuffles {
    private var random: RandomSource
    private let count: Int

    /// The orders of a plan, from the first repetition on.
    init(_ plan: SweepPlan) {
        var seeds = SplitMix64(seed: plan.seed)
        random = RandomSource(seeds: &seeds)
        count = plan.cellCount
    }

    /// All cells, in the order of the next repetition.
    mutating func next() -> [Int] {
        var cells = Array(0..<count)
        // R. Durstenfeld, "Algorithm 235: Random permutation", 1964.
        for last in stride(from: cells.count - 1, to: 0, by: -1) {
            cells.swapAt(last, Int(random.below(UInt64(last + 1))))
        }
        return cells
    }
}
