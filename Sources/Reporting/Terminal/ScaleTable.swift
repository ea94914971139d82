import Measurement

/// What a task costs on some servers, in some shards, for a person to read: a line a cell, its figures the medians of its trials.
///
/// Pure: rows in, parts of a report out.
package struct ScaleTable: Reportable {
    private let trials: [ScaleTrialRow]

    /// A table of the given trials.
    package init(trials: [ScaleTrialRow]) { self.trials = trials }

    package var parts: [ReportPart] {
        [
            table("At a pace that saturates nothing", of: trials.filter { $0.offeredPerSecond != nil }),
            table("As fast as can be", of: trials.filter { $0.offeredPerSecond == nil }),
        ].compactMap(\.self)
    }

    private func table(_ title: String, of trials: [ScaleTrialRow]) -> ReportPart? {
        var cells: [String] = []
        for trial in trials where !cells.contains(trial.key.cellID) { cells.append(trial.key.cellID) }
        guard !cells.isEmpty else { return nil }
        return TitledTable(
            title: title,
            headings: [
                .number("servers"), .number("shards"), .number("claim"), .number("workers"), .number("round trip"),
                .number("tasks/s"), .number("Redis"), .number("worker"), .number("bytes"), .number("round trips"),
                .number("busiest"),
            ],
            rows: cells.map { cell in row(of: trials.filter { $0.key.cellID == cell }) }
        ).partOrTitle
    }

    private func row(of trials: [ScaleTrialRow]) -> [String] {
        let shape = trials[0]
        func median(_ figure: (ScaleTrialRow) -> Double) -> Double { trials.map(figure).median ?? .nan }
        func time(_ microseconds: Double) -> String { HumanNumber.time(microseconds: microseconds) }
        return [
            HumanNumber.count(shape.servers), HumanNumber.count(shape.shards), HumanNumber.count(shape.claim),
            HumanNumber.count(shape.workers),
            shape.roundTripMicroseconds == 0 ? "0" : time(Double(shape.roundTripMicroseconds)),
            HumanNumber.count(Int(median(\.tasksPerSecond).rounded())), time(median(\.redisMicrosecondsPerTask)),
            time(median(\.workerMicrosecondsPerTask)), HumanNumber.count(Int(median(\.bytesPerTask).rounded())),
            median(\.roundTripsPerTask).fixed(3),
            HumanNumber.percent(median(\.busiestRedisShare)),
        ]
    }
}
