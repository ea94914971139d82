import Measurement

/// What a task costs on some servers, in some shards, for a person to read: a table for each pace and protocol with a line a cell,
/// its figures the medians of its trials.
///
/// Pure: rows in, parts of a report out.
package struct ScaleTable: Reportable {
    private let trials: [ScaleTrialRow]

    /// A table of the given trials.
    package init(trials: [ScaleTrialRow]) { self.trials = trials }

    package var parts: [ReportPart] {
        trials.distinct(\.course).map { course in table(course, of: trials.filter { $0.course == course }) }
    }

    private func table(_ course: ScaleTrialRow.Course, of trials: [ScaleTrialRow]) -> ReportPart {
        TitledTable(
            title: course.title,
            headings: [
                .number("servers"), .number("shards"), .number("claim"), .number("workers"), .number("round trip"),
                .number("tasks/s"), .number("Redis"), .number("worker"), .number("bytes"), .number("round trips"),
                .number("busiest"),
            ],
            rows: trials.distinct(\.key.cellID).map { cell in row(of: trials.filter { $0.key.cellID == cell }) }
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

extension ScaleTrialRow {
    /// What trials in one table have in common.
    fileprivate struct Course: Hashable {
        let protocolName: String
        let offeredPerSecond: Double?

        var title: String {
            guard let offeredPerSecond else { return "\(protocolName), as fast as can be" }
            return "\(protocolName), at \(HumanNumber.count(Int(offeredPerSecond))) tasks/s"
        }
    }

    fileprivate var course: Course { Course(protocolName: protocolName, offeredPerSecond: offeredPerSecond) }
}

extension [ScaleTrialRow] {
    /// The values that there are of something, in the order in which they come.
    fileprivate func distinct<Value: Hashable>(_ value: (Element) -> Value) -> [Value] {
        var seen: Set<Value> = []
        return map(value).filter { seen.insert($0).inserted }
    }
}
