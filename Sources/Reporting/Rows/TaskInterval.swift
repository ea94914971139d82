/// What the tasks of one kind did within one second.
package struct TaskInterval: Sendable, Equatable {
    /// Tasks sent in this second, acknowledged or not.
    package var sent: Int
    /// Tasks acked in this second; the next columns are of these.
    package var acked: Int
    /// Sum of their service times.
    package var serviceSumSeconds: Double
    /// Sum of the squares of their service times.
    package var serviceSumSquares: Double
    /// Sum of their end_to_end_intended latencies.
    package var endToEndSumSeconds: Double
    /// Median of their end_to_end_intended latency.
    package var endToEndP50: Double?
    /// 99th percentile of it.
    package var endToEndP99: Double?
    /// Greatest of it.
    package var endToEndMax: Double?

    /// Figures of the given values.
    package init(
        sent: Int, acked: Int, serviceSumSeconds: Double, serviceSumSquares: Double, endToEndSumSeconds: Double,
        endToEndP50: Double?, endToEndP99: Double?, endToEndMax: Double?
    ) {
        self.sent = sent
        self.acked = acked
        self.serviceSumSeconds = serviceSumSeconds
        self.serviceSumSquares = serviceSumSquares
        self.endToEndSumSeconds = endToEndSumSeconds
        self.endToEndP50 = endToEndP50
        self.endToEndP99 = endToEndP99
        self.endToEndMax = endToEndMax
    }
}
