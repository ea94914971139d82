/// A cost model and what it says of some loads, for a person to read.
///
/// Pure: rows in, parts of a report out.
package struct PlanTable: Reportable {
    private let model: [ModelRow]
    private let plans: [PlanRow]

    /// A table of the given rows.
    package init(model: [ModelRow], plans: [PlanRow]) { (self.model, self.plans) = (model, plans) }

    package var parts: [ReportPart] {
        [errors.partOrTitle] + (plans.isEmpty ? [] : [redis.partOrTitle, workers.partOrTitle])
    }

    private var errors: TitledTable {
        var figures: [ModelRow] = []
        for row in model where !figures.contains(where: { $0.figure == row.figure }) { figures.append(row) }
        return TitledTable(
            title: "The model, held against cells that it has not seen",
            headings: [.verbatim("figure"), .number("cells"), .number("error p50"), .number("worst"), .verbatim("at")],
            rows: figures.map { row in
                [
                    row.figure, HumanNumber.count(row.unseen), HumanNumber.percent(row.medianError),
                    HumanNumber.percent(row.worstError), row.worstCell,
                ]
            })
    }

    private var redis: TitledTable {
        TitledTable(
            title: "Redis on \(plans[0].instance): masters",
            headings: [
                .number("tasks/s"), .number("with credits"), .number("for ever"), .number("for the backlog"),
                .number("for the network"), .number("at most"), .number("replicas each"), .number("backlog"),
                .number("its memory"),
            ],
            rows: plans.map { plan in
                [
                    HumanNumber.number(plan.ratePerSecond), HumanNumber.count(plan.serversWithCredits),
                    HumanNumber.count(plan.serversForEver), HumanNumber.count(plan.serversForBacklog),
                    plan.machinesForNetwork.map(HumanNumber.count) ?? "–", HumanNumber.count(plan.serversAtMost),
                    HumanNumber.count(plan.replicas),
                    HumanNumber.count(plan.backlog), HumanNumber.bytes(plan.backlogBytes),
                ]
            })
    }

    private var workers: TitledTable {
        TitledTable(
            title: "Workers on \(plans[0].instance)",
            headings: [
                .number("tasks/s"), .number("slots"), .number("machines with credits"), .number("for ever"),
                .number("for the network"), .number("credits last"),
            ],
            rows: plans.map { plan in
                [
                    HumanNumber.number(plan.ratePerSecond), HumanNumber.count(plan.slots),
                    HumanNumber.count(plan.workersWithCredits), HumanNumber.count(plan.workersForEver),
                    plan.machinesForNetwork.map(HumanNumber.count) ?? "–",
                    plan.creditsLastSeconds.map { HumanNumber.clock(seconds: $0) } ?? "for ever",
                ]
            })
    }
}
