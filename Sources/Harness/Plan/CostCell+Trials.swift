import Measurement
package import Reporting

extension CostCell {
    /// The cells of a study of scale, in their order; without those that only show what a plainer protocol needs.
    package static func cells(of trials: [ScaleTrialRow]) -> [CostCell] {
        let own = trials.filter { $0.protocolName == trials.first?.protocolName }
        return grouped(own, by: \.key.cellID).map { name, trials in
            let shape = trials[0]
            var point = CostPoint()
            (point.servers, point.shards, point.workers) = (shape.servers, shape.shards, shape.workers)
            point.claim = shape.claim
            point.rate = shape.offeredPerSecond ?? trials.map(\.tasksPerSecond).median ?? .nan
            point.roundTripMicroseconds = Double(shape.roundTripMicroseconds)
            func median(_ figure: (ScaleTrialRow) -> Double) -> Double { trials.map(figure).median ?? .nan }
            let (redis, worker) = (median(\.redisMicrosecondsPerTask), median(\.workerMicrosecondsPerTask))
            let figures: [CostFigure: Double] =
                shape.offeredPerSecond == nil
                ? [.redisAtLimit: redis, .workerAtLimit: worker, .throughput: median(\.tasksPerSecond)]
                : [.redis: redis, .worker: worker, .bytes: median(\.bytesPerTask)]
            return CostCell(name: name, point: point, figures: figures)
        }
    }

    /// The cells of a study of growth that say what memory a task takes: those of backlogs and of payloads.
    package static func cells(of trials: [GrowthTrialRow]) -> [CostCell] {
        let kept = trials.filter { [GrowthLaw.backlog, .payload].map(\.rawValue).contains($0.law) }
        return grouped(kept, by: \.key.cellID).map { name, trials in
            var point = CostPoint()
            (point.backlog, point.claim) = (trials[0].backlog, trials[0].claim)
            point.payload = trials.map(\.payloadBytesPerTask).median ?? 0
            return CostCell(
                name: name, point: point,
                figures: [.memory: trials.map(\.redisMemoryBytesPerTask).median ?? .nan])
        }
    }

    private static func grouped<Row>(_ rows: [Row], by name: (Row) -> String) -> [(name: String, rows: [Row])] {
        var names: [String] = []
        for row in rows where !names.contains(name(row)) { names.append(name(row)) }
        return names.map { wanted in (wanted, rows.filter { name($0) == wanted }) }
    }
}
