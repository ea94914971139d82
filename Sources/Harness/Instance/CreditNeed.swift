package import InstanceLimits
package import Workload

/// The CPU credits that a run may need of its instance, against what the instance has.
package struct CreditNeed: Sendable, Equatable {
    /// What it spends at most: all processors of the instance from the beginning to the end as planned, and as long as an open
    /// load may take to drain. `nil` when its length is not known.
    package let needed: Double?
    /// What the instance begins with.
    package let start: Double
    /// What comes in meanwhile; `nil` when its length is not known.
    package let earned: Double?

    /// That of a scenario; `nil` for one without an instance, or with one that has no credits.
    ///
    /// - Precondition: the scenario was validated.
    package init?(_ scenario: Scenario, _ catalogue: InstanceCatalogue) throws(CatalogueError) {
        guard let name = scenario.instance, let terms = try catalogue[name].credits else { return nil }
        start = CreditAccount(terms, scenario.creditStart).balance
        let draining = scenario.arrival.loop == .backlog ? .zero : scenario.drain
        let minutes = scenario.plannedDuration.map { ($0 + draining) / .seconds(60) * (scenario.timeScale ?? 1) }
        needed = minutes.map { $0 * Double(terms.processors) }
        earned = minutes.map { $0 * terms.perHour / 60 }
    }
}
