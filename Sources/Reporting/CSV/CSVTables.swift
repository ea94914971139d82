/// All tables that fibq writes.
package enum CSVTables {
    /// Each of them, as the data dictionary has them.
    package static let all: [any CSVTable.Type] = [
        SummaryRow.self, LatencyRow.self, IORow.self, AccuracyRow.self, DivergenceRow.self, BoundRow.self,
        ErrorSourceRow.self, TimingRow.self, GrowthRow.self, CrossoverRow.self, SinkRow.self, GeneratorRow.self,
        CreditRow.self, ForecastRow.self, ProcessRow.self, ClockRow.self, RecoveryRow.self, GrowthTrialRow.self,
        ScaleTrialRow.self, ModelRow.self,
        ModelCheckRow.self, PlanRow.self,
        ExponentRow.self,
        MeasuringRow.self, KneeRow.self, QueueingRow.self, KneeCheckRow.self, FaultRow.self, IntervalRow.self,
        CellRow.self, EstimateRow.self, SustainedRow.self, FailoverRow.self,
    ]

    /// The table whose file has that name; `nil` when it is none of fibq's.
    package static func table(named fileName: String) -> (any CSVTable.Type)? {
        all.first { $0.fileName == fileName }
    }
}
