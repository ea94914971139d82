/// Which run of a sweep comes next: first the repetitions that every cell has, then, where the plan has a stop rule, further
/// ones of the cells that have not been run often enough, until there are none.
///
/// Pure: the plan and what has ended decide it, however often the sweep was broken off. A further repetition is a shuffle of
/// all cells, of which those are left out that are done with, so that the order does not depend on when they were.
package struct SweepCourse {
    /// What is known of a run that has ended.
    package struct Ended: Sendable, Equatable {
        /// What its cell's values are called.
        package var labels: [String]
        /// The figure that the stop rule judges; `nil` when the run failed or there is no rule.
        package var value: Double?

        /// A run with these.
        package init(labels: [String], value: Double?) {
            self.labels = labels
            self.value = value
        }
    }

    /// The runs that are known to come, in order; further ones may follow from how they end.
    package private(set) var pending: ArraySlice<SweepTrial>
    /// The figures of the runs that have ended, by run; `nil` of those that have none.
    private var values: [SweepTrial: Double?] = [:]
    private let plan: SweepPlan
    private var shuffles: SweepShuffles
    private var repetition: Int

    /// The course of a plan of which those runs have ended, by name. One whose labels are others than the plan's counts for
    /// nothing.
    package init(_ plan: SweepPlan, ended: [String: Ended] = [:]) {
        self.plan = plan
        shuffles = SweepShuffles(plan)
        for _ in 0..<plan.repetitions { _ = shuffles.next() }
        repetition = plan.repetitions
        let labels = ended.mapValues(\.labels)
        for trial in plan.ended(finished: labels) { values[trial] = .some(ended[plan.name(of: trial)]?.value) }
        pending = plan.remaining(finished: labels)[...]
        extend()
    }

    /// How many runs may come besides those that are known to.
    package var mostFurther: Int {
        guard let rule = plan.stopRule else { return 0 }
        return (0..<plan.cellCount).filter { !isDone($0, before: repetition + 1) }.count * (rule.most - repetition)
    }

    /// The next run; `nil` when all is done. The one before must have been recorded, or it counts as one that is still made.
    package mutating func next() -> SweepTrial? {
        extend()
        return pending.popFirst()
    }

    /// Notes how a run ended.
    package mutating func record(_ trial: SweepTrial, value: Double?) { values[trial] = .some(value) }

    /// Begins further repetitions when nothing is known to come.
    private mutating func extend() {
        guard let rule = plan.stopRule else { return }
        while pending.isEmpty, repetition < rule.most {
            let next = repetition + 1
            let cells = shuffles.next().filter { !isDone($0, before: next) }
            guard !cells.isEmpty else {
                repetition = rule.most
                return
            }
            pending = cells.map { SweepTrial(cell: $0, repetition: next) }.filter { values[$0] == nil }[...]
            repetition = next
        }
    }

    /// Whether a cell needs no further repetition, by its runs before one. One of which none of the first repetitions could be
    /// measured is given up.
    private func isDone(_ cell: Int, before repetition: Int) -> Bool {
        guard let rule = plan.stopRule else { return true }
        let runs = (1..<repetition).map { SweepTrial(cell: cell, repetition: $0) }
        let measured = runs.compactMap { values[$0] ?? nil }
        let isUnmeasurable = measured.isEmpty && runs.prefix(plan.repetitions).allSatisfy { values[$0] != nil }
        return isUnmeasurable || rule.isMet(by: measured)
    }
}
