import Reporting
import Testing

/// The tables of the studies of the knee and of waits.
@Suite("Knee and queueing")
struct StudyRowTests {
    private static let keys = "schema_version,run_id,cell_id,repetition,"

    @Test("columns, in their order")
    func headers() {
        #expect(
            CSVText.header(of: KneeRow.self) == Self.keys
                + "stage,rank,rate_per_s,offered_per_s,sent_per_s,acked_per_s,latency_kind,p50_us,p90_us,p99_us,p99_9_us"
                + ",max_us,objective_us,backlog_slope_per_s,verdict,schedule_lag_p99_us,meets_objective,is_usable,run"
                + ",left_in_redis\n")
        #expect(
            CSVText.header(of: QueueingRow.self) == Self.keys
                + "model,load,tasks,arrivals_per_s,occupancy_us,occupancy_second_moment_s2,utilisation,predicted_wait_us"
                + ",measured_wait_us,wait_ratio,is_within_10_percent,standard_error,predicted_wait_p99_us"
                + ",measured_wait_p99_us,wait_p99_ratio,queue_wait_us,pick_up_us,set_up_us,predicted_wait_with_set_up_us"
                + ",wait_ratio_with_set_up,busy_share,predicted_busy_share,schedule_lag_p99_us,occupancy_variation\n")
        #expect(
            CSVText.header(of: KneeCheckRow.self) == Self.keys
                + "objective,limit_us,occupancy_before_us,occupancy_after_us,known_utilisation,known_per_s,found_per_s"
                + ",ratio,is_within_5_percent\n")
    }

    @Test("a probe in full, and one that shows nothing")
    func probes() {
        #expect(
            CSVText.line(of: KneeRow.sample) == "1,run-1,cell-a,2,confirm,9,312.500,310.250,310.000,309.750"
                + ",end_to_end_intended,9000.000,15000.000,40000.000,200000.000,10000000.000,40000.000,0.500,steady"
                + ",150.500,true,true,probe-09,0\n")
        #expect(
            CSVText.line(of: KneeRow.empty) == "1,run-1,cell-a,2,search,9,800.000,310.250,310.000,,end_to_end_intended"
                + ",,,,,,,,,,false,false,probe-09,\n")
    }

    @Test("a run of the study in full, and one whose slot did not keep up")
    func runs() {
        #expect(
            CSVText.line(of: QueueingRow.sample) == "1,run-1,cell-a,2,M/D/1,0.5000,100000,100.000,5000.000"
                + ",0.000025000000,0.5000,2500.000,2600.000,1.0400,true,0.0125,16681.250,17000.000,1.0191,2750.500"
                + ",150.000,80.250,2540.000,1.0236,0.5100,0.5040,120.000,0.0000\n")
        #expect(
            CSVText.line(of: QueueingRow.overloaded) == "1,run-1,cell-a,2,M/D/1,0.5000,100000,100.000,5000.000"
                + ",0.000025000000,1.0100,,2600.000,,,,,17000.000,,2750.500,150.000,80.250,,,0.5100,,120.000,0.0000\n")
    }

    @Test(
        "a tenth off is within a tenth, more is not",
        arguments: [(900.0, true), (1_100, true), (899, false), (1_101, false)])
    func tolerance(measured: Double, isWithin: Bool) {
        var row = QueueingRow.sample
        row.mean = QueueingRow.Wait(predicted: 1_000, measured: measured)
        #expect(row.isWithinTolerance == isWithin)
    }

    @Test("a prediction of nothing has no ratio")
    func nothing() {
        #expect(QueueingRow.Wait(predicted: 0, measured: 3).ratio == nil)
        #expect(QueueingRow.Wait(predicted: nil, measured: 3).ratio == nil)
    }

    @Test("what occupancies vary by")
    func variation() {
        var row = QueueingRow.sample
        row.occupancySecondMoment = 37.5e-6
        #expect(abs(row.occupancyVariation - 0.5) < 1e-9)
        row.occupancyMicroseconds = 0
        #expect(row.occupancyVariation == 0)
    }

    @Test("a check in full")
    func check() {
        #expect(KneeCheckRow.sample.knownPerSecond == 170)
        #expect(
            CSVText.line(of: KneeCheckRow.sample)
                == "1,run-1,cell-a,2,p99 end_to_end_intended < 100ms,100000.000,5100.000,5300.000,0.8840,170.000,165.000"
                + ",0.9706,true\n")
        var off = KneeCheckRow.sample
        off.foundPerSecond = 160
        #expect(!off.isWithinTolerance)
    }
}
